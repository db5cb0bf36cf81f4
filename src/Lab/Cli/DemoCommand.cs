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
        var obstacle = NetworkLab.Obstacle();
        report.Say(obstacle is null
            ? "Network namespaces client – gateway – internet, real clients and servers in them"
            : $"No network namespaces here ({obstacle}): the gateway plays a capture that the lab makes");
        report.Say(obstacle is null
            ? "Inline: the gateway stands in the line as the terminals' router, so what is to be blocked is stopped (遮断)"
            : "Monitor mode: the gateway listens beside the line, so what is to be blocked is detected and reported (検知), not stopped");

        var lab = obstacle is null ? await NetworkLab.StartAsync(time, cancellationToken) : null;
        await using var stage = await ProductStage.SetUpAsync(lab, DemoPlay.Options, time, cancellationToken);
        await PlayAsync(stage, report, time, cancellationToken);
        report.WriteTable();
        Console.WriteLine();
        if (keep)
        {
            Console.WriteLine($"Left running: the page is at {stage.Center.Page}, mails are in {stage.Center.Pickup}. Ctrl-C ends it.");
            await LabCommands.UntilCancelledAsync(cancellationToken);
        }
        else
        {
            Console.WriteLine($"The page was at {stage.Center.Page}; with --keep it stays.");
        }

        return report.AllObserved ? 0 : 1;
    }

    private static async Task PlayAsync(ProductStage stage, DemoReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var terminal = await TerminalAsync(stage, report, time, cancellationToken);
            await new DemoPlay(stage, terminal, report, time).RunAsync(cancellationToken);
        }
        catch (LabException failure)
        {
            report.Add(new StepResult("the demo broke off", false, failure.Message));
            report.Quote(stage.LastWords());
        }
    }

    private static async Task<IDemoTerminal> TerminalAsync(ProductStage stage, DemoReport report, TimeProvider time, CancellationToken cancellationToken)
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
