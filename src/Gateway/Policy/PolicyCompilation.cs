using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Detectors;
using FunctionMode = MediaSecurityLite.Contracts.FunctionMode;

namespace MediaSecurityLite.Gateway.Policy;

/// <summary>From the document that box and centre exchange to the form that packets meet.</summary>
internal static class PolicyCompilation
{
    /// <exception cref="PolicyException">A rule cannot be used; the message names it.</exception>
    public static PolicySet Compile(this PolicyDocument document)
    {
        var settings = new PolicySettings
        {
            UrlLists = ModeOf(document.UrlLists.Mode),
            Allow = document.UrlLists.Allow,
            Block = document.UrlLists.Block,
            Categories = ModeOf(document.Categories.Mode),
            BlockedCategories = document.Categories.Block,
            Applications = ModeOf(document.Applications.Mode),
            BlockedApplications = document.Applications.Block,
            CommandAndControl = ModeOf(document.CommandAndControl.Mode),
        };
        return PolicySet.TryCompile(settings, out var policy, out var problems) ? policy : throw new PolicyException(problems);
    }

    private static Inspection.Detectors.FunctionMode ModeOf(FunctionMode mode) => mode switch
    {
        FunctionMode.On => Inspection.Detectors.FunctionMode.On,
        FunctionMode.Monitor => Inspection.Detectors.FunctionMode.Monitor,
        _ => Inspection.Detectors.FunctionMode.Off,
    };
}
