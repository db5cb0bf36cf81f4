using System.CommandLine;
using MediaSecurityLite.Lab.Captures;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Cli;

/// <summary><c>capture</c>: a scenario as a capture file.</summary>
internal static class CaptureCommand
{
    /// <summary>Made captures carry a fixed date, so that they differ only where the traffic does.</summary>
    private static readonly DateTimeOffset SyntheticStart = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static Command Create()
    {
        var name = LabCommands.ScenarioArgument();
        var file = new Argument<FileInfo>("FILE") { Description = "The capture file to write" };
        var synthetic = new Option<bool>("--synthetic") { Description = "Make the frames instead of playing the scenario: needs neither root nor namespaces" };
        var command = new Command("capture", "Record a scenario to a capture file") { name, file, synthetic };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var scenario = Scenario.Find(parsed.GetValue(name)!);
            var target = parsed.GetValue(file)!;
            if (parsed.GetValue(synthetic))
            {
                await SyntheticCapture.WriteAsync(target.FullName, SyntheticStart, [(TimeSpan.Zero, scenario)], TimeProvider.System, cancellationToken);
            }
            else
            {
                await LabCommands.PlayAsync(scenario, target, cancellationToken);
            }

            return 0;
        });
        return command;
    }
}
