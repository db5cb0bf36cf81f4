using System.CommandLine;
using MediaSecurityLite.Lab.Captures;
using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Cli;

/// <summary><c>up</c>, <c>down</c> and <c>run</c>: the lab by itself, without the product in it.</summary>
internal static class LabCommands
{
    public static System.CommandLine.Command Up()
    {
        var command = new System.CommandLine.Command("up", "Make the lab and keep it until this program is ended (Ctrl-C)");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var lab = await NetworkLab.StartAsync(TimeProvider.System, cancellationToken);
            Console.WriteLine($"The lab is up: client – gateway – internet. Run something in it with");
            foreach (var name in new[] { lab.Namespaces.Client, lab.Namespaces.Gateway, lab.Namespaces.Internet })
            {
                Console.WriteLine($"  ip netns exec {name} PROGRAM...");
            }

            Console.WriteLine($"Certificate authority of its web servers: {lab.Terminal.AuthorityFile}");
            foreach (var site in Sites.All)
            {
                Console.WriteLine($"  {site.Host,-28} {site.Address4,-15} {site.Address6}");
            }

            Console.WriteLine("Ctrl-C ends it.");
            await UntilCancelledAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    public static System.CommandLine.Command Down()
    {
        var all = new Option<bool>("--all") { Description = "Also end the runs that live" };
        var command = new System.CommandLine.Command("down", "Remove what dead runs of the lab left on this machine") { all };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Capabilities.CanMakeNamespaces())
            {
                throw new LabException("network namespaces need root");
            }

            foreach (var id in await Leftovers.RemoveAsync(cancellationToken))
            {
                Console.WriteLine($"removed what run {id} had left");
            }

            foreach (var id in RunFolder.Living())
            {
                if (parsed.GetValue(all))
                {
                    Signals.Send(RunFolder.ProcessOf(id), Signals.Terminate);
                }

                Console.WriteLine(parsed.GetValue(all) ? $"run {id} was told to end" : $"run {id} lives: left alone (--all ends it)");
            }

            return 0;
        });
        return command;
    }

    public static System.CommandLine.Command Run()
    {
        var name = ScenarioArgument();
        var capture = new Option<FileInfo?>("--capture") { Description = "Record the gateway's LAN side to this file" };
        var command = new System.CommandLine.Command("run", "Make the lab, play one scenario with real clients and servers, remove the lab") { name, capture };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await PlayAsync(Scenario.Find(parsed.GetValue(name)!), parsed.GetValue(capture), cancellationToken);
            return 0;
        });
        return command;
    }

    public static Argument<string> ScenarioArgument()
    {
        var argument = new Argument<string>("SCENARIO")
        {
            Description = string.Join("; ", Scenario.All.Select(scenario => $"{scenario.Name}: {scenario.Summary}")),
        };
        argument.AcceptOnlyFromAmong([.. Scenario.All.Select(scenario => scenario.Name)]);
        return argument;
    }

    public static async Task PlayAsync(Scenario scenario, FileInfo? capture, CancellationToken cancellationToken)
    {
        await using var lab = await NetworkLab.StartAsync(TimeProvider.System, cancellationToken);
        await using var recorder = capture is null ? null : await Recorder.StartAsync(lab, capture.FullName, cancellationToken);
        await lab.Terminal.PlayAsync(scenario, visit => Console.WriteLine($"{LabPlan.Client4} {visit}"), cancellationToken);
    }

    public static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
