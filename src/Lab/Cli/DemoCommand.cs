using System.CommandLine;
using MediaSecurityLite.Lab.Demo;
using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Product;

namespace MediaSecurityLite.Lab.Cli;

/// <summary><c>demo</c>: the main job from end to end.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Leave everything running afterwards, until Ctrl-C" };
        var command = new Command("demo", "Show a terminal that gets infected, from the packet to the customer's mail") { keep };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(keep), TimeProvider.System, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool keep, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = new DemoReport(Console.Out, time);
        report.Say(NetworkLab.Obstacle() is { } obstacle
            ? $"No network namespaces here ({obstacle}): the gateway plays a capture that the lab makes"
            : "Network namespaces client – gateway – internet, real clients and servers in them");
        report.Say("Monitor mode: the gateway listens beside the line, so what is to be blocked is detected and reported, not stopped");
        await using var stage = await DemoStage.SetUpAsync(time, cancellationToken);
        using var page = new CenterPage(stage.Center.Page, time);
        try
        {
            await new DemoPlay(stage, await TerminalAsync(stage, report, time, cancellationToken), page, report, time).RunAsync(cancellationToken);
        }
        catch (LabException failure)
        {
            report.Add(new StepResult("the demo broke off", false, failure.Message));
            report.Quote(stage.Afterwords());
        }

        if (keep)
        {
            report.Say($"Left running: {stage.Center.Page} shows the page; Ctrl-C ends it");
        }

        report.WriteTable();
        if (keep)
        {
            await LabCommands.UntilCancelledAsync(cancellationToken);
        }

        return report.AllObserved ? 0 : 1;
    }

    private static async Task<IDemoTerminal> TerminalAsync(DemoStage stage, DemoReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        if (stage.Lab is { } lab)
        {
            return new LabTerminal(lab.Terminal, report, time);
        }

        var terminal = new CaptureTerminal(stage.Gateway, report, time);
        await terminal.WriteAsync(cancellationToken);
        return terminal;
    }
}
