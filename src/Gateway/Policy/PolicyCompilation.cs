using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Detectors;
using FunctionMode = MediaSecurityLite.Contracts.FunctionMode;

namespace MediaSecurityLite.Gateway.Policy;

/// <summary>From the document that box and centre exchange to the form that packets meet.</summary>
internal static class PolicyCompilation
{
    /// <param name="document">The policy.</param>
    /// <param name="canBlock">False where the box only listens: what is <c>On</c> then acts as <c>Monitor</c>.</param>
    /// <exception cref="PolicyException">A rule cannot be used; the message names it.</exception>
    public static PolicySet Compile(this PolicyDocument document, bool canBlock = true)
    {
        var settings = new PolicySettings
        {
            UrlLists = ModeOf(document.UrlLists.Mode, canBlock),
            Allow = document.UrlLists.Allow,
            Block = document.UrlLists.Block,
            Categories = ModeOf(document.Categories.Mode, canBlock),
            BlockedCategories = document.Categories.Block,
            Applications = ModeOf(document.Applications.Mode, canBlock),
            BlockedApplications = document.Applications.Block,
            CommandAndControl = ModeOf(document.CommandAndControl.Mode, canBlock),
        };
        return PolicySet.TryCompile(settings, out var policy, out var problems) ? policy : throw new PolicyException(problems);
    }

    private static Inspection.Detectors.FunctionMode ModeOf(FunctionMode mode, bool canBlock) => mode switch
    {
        FunctionMode.On when canBlock => Inspection.Detectors.FunctionMode.On,
        FunctionMode.On or FunctionMode.Monitor => Inspection.Detectors.FunctionMode.Monitor,
        _ => Inspection.Detectors.FunctionMode.Off,
    };
}
