using System.CommandLine;
using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Explaining;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Verdicts;
using MediaSecurityLite.Patterns.Explaining;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary><c>mslgw explain</c>: which rule of which pack decides about something, and why.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Target = new("HOST|URL|IP") { Description = "What a terminal asks for" };

    public static Command Create()
    {
        var command = new Command("explain", "Say which rule of which pack decides about a host, URL or address") { Target };
        command.SetAction(parsed => Explain(
            parsed.GetRequiredValue(Target), GatewaySettings.Read(parsed.GetRequiredValue(CommandLine.ConfigOption))));
        return command;
    }

    private static int Explain(string text, GatewaySettings settings)
    {
        if (!ProbeTarget.TryParse(text, out var target))
        {
            return CommandLine.Fail([$"'{text}' is no host, URL or address"], ExitCode.BadUsage);
        }

        try
        {
            var policy = File.Exists(settings.Policy.File) ? PolicyReader.Read(settings.Policy.File) : new PolicyDocument();
            var folder = settings.Patterns.PacksIn(settings.Gateway.DataDirectory);
            var opened = PatternFolder.Open(folder, settings.Patterns.TrustedKeys);
            var set = PatternSet.Combine([.. opened.Select(pack => pack.Opening.Pack).OfType<PatternPack>().Take(PatternSet.MaxPacks)]);
            Console.Out.WriteLine($"{text}: {Decision(target, set, policy)}");
            WriteEntries(text, set);
            return ExitCode.Ok;
        }
        catch (PolicyException e)
        {
            return CommandLine.Fail(e.Faults, ExitCode.BadConfiguration);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return CommandLine.Fail([e.Message], ExitCode.Failed);
        }
    }

    private static string Decision(ProbeTarget target, PatternSet set, PolicyDocument policy)
    {
        if (Probe.Ask(target, new DetectionSnapshot(set, policy.Compile())) is { } detection)
        {
            return Text(detection);
        }

        // Only the allow list can make a difference here; asking once more without it shows whether it did.
        var strict = policy with { UrlLists = policy.UrlLists with { Allow = [] } };
        return Probe.Ask(target, new DetectionSnapshot(set, strict.Compile())) is { } prevented
            ? $"passes: it is on the allow list; otherwise {Text(prevented)}"
            : "passes: nothing speaks against it";
    }

    private static string Text(Detection detection)
    {
        var action = detection.Action == VerdictAction.Block ? "blocked (reported where the box only listens)" : "reported";
        var name = detection.Name is null ? "" : $" {detection.Name}";
        var pack = detection.RuleSource == "policy" ? "" : $", pack {detection.PackVersion}";
        return $"{action}: {KindText(detection.Kind)}{name}, rule {detection.Rule} of {detection.RuleSource}{pack}";
    }

    private static string KindText(Inspection.Verdicts.DetectionKind kind) => kind switch
    {
        Inspection.Verdicts.DetectionKind.CommandAndControl => "C&C server of",
        Inspection.Verdicts.DetectionKind.Url => "block list",
        Inspection.Verdicts.DetectionKind.Category => "category",
        _ => "application",
    };

    private static void WriteEntries(string text, PatternSet set)
    {
        if (PatternQuery.TryParse(text, out var query))
        {
            foreach (var finding in query.Find(set))
            {
                Console.Out.WriteLine(
                    $"  entry {finding.Entry}: {finding.Label.Kind} {finding.Label.Name}, {finding.Label.Source}, pack {finding.PackVersion}");
            }
        }
    }
}
