using System.CommandLine;
using MediaSecurityLite.Gateway.Cli;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Replay;

/// <summary><c>mslgw replay</c>: capture files through the same inspection as live traffic.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<FileInfo[]> Files = new("FILE")
    {
        Description = "Captures: pcap or pcapng, plain or compressed (.zst, .gz)",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<FileInfo[]> Packs = new("--patterns")
    {
        Description = "Pattern pack to look things up in; may be given several times. Who signed it is not asked here",
        HelpName = "PACK",
    };

    private static readonly Option<FileInfo?> PolicyOption = new("--policy") { Description = "Policy to apply; without one, as delivered", HelpName = "FILE" };

    private static readonly Option<string> Eve = new("--eve")
    {
        Description = "Where EVE records go: a file, - for standard output, none",
        DefaultValueFactory = _ => "-",
        HelpName = "FILE|-|none",
    };

    private static readonly Option<DirectoryInfo?> Each = new("--each")
    {
        Description = "Treat every capture by itself, with fresh state, and write DIR/NAME.json",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Midstream = new("--midstream") { Description = "Follow TCP connections whose start is not in the capture" };

    private static readonly Option<bool> Stats = new("--stats") { Description = "Print one JSON object with counts and speed on standard error" };

    public static Command Create()
    {
        var command = new Command("replay", "Inspect capture files and write what was seen as EVE records")
        {
            Files, Packs, PolicyOption, Eve, Each, Midstream, Stats,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        try
        {
            var replay = new ReplayRun(Snapshot(parsed), parsed.GetValue(Midstream));
            var files = parsed.GetRequiredValue(Files).Select(file => file.FullName).ToList();
            var problems = parsed.GetValue(Each) is { } folder
                ? replay.RunEach(files, folder.FullName)
                : replay.RunAll(files, parsed.GetRequiredValue(Eve));
            if (parsed.GetValue(Stats))
            {
                Console.Error.WriteLine(replay.Statistics());
            }

            return problems.Count == 0 ? ExitCode.Ok : CommandLine.Fail(problems, ExitCode.Failed);
        }
        catch (PolicyException e)
        {
            return CommandLine.Fail(e.Faults, ExitCode.BadConfiguration);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CommandLine.Fail([e.Message], ExitCode.Failed);
        }
    }

    private static DetectionSnapshot Snapshot(ParseResult parsed)
    {
        var packs = parsed.GetValue(Packs) ?? [];
        if (packs.Length > PatternSet.MaxPacks)
        {
            throw new StartException($"--patterns: at most {PatternSet.MaxPacks} packs");
        }

        var opened = packs.Select(file => PatternPack.Open(file.FullName, TrustedKeys.AnySigner)).ToList();
        if (opened.Find(pack => !pack.IsOpen)?.Fault is { } fault)
        {
            throw new StartException(fault.Message);
        }

        var policy = parsed.GetValue(PolicyOption) is { } document ? PolicyReader.Read(document.FullName).Compile() : PolicySet.Default;
        return new DetectionSnapshot(PatternSet.Combine([.. opened.Select(pack => pack.Pack!)]), policy);
    }
}
