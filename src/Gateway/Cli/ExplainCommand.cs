using System.CommandLine;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Explaining;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Verdicts;
using MediaSecurityLite.Patterns.Explaining;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary><c>mslgw explain</c>: which rule of which pack decides about something, and why.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Target = new("HOST|URL|IP|DIGEST") { Description = "What a terminal asks for; or a fingerprint (JA3, JA4, certificate) or a file's digest" };

    private static readonly Option<string?> Language = LanguageOf("--language");

    public static Command Create()
    {
        var command = new Command("explain", "Say which rule of which pack decides about a host, URL or address") { Target, Language };
        command.SetAction(parsed => Explain(
            parsed.GetRequiredValue(Target), parsed.GetValue(Language), GatewaySettings.Read(parsed.GetRequiredValue(CommandLine.ConfigOption))));
        return command;
    }

    private static Option<string?> LanguageOf(string name)
    {
        var option = new Option<string?>(name) { Description = "ja or en: say which entry decides in one sentence of this language" };
        option.AcceptOnlyFromAmong("ja", "en");
        return option;
    }

    private static int Explain(string text, string? language, GatewaySettings settings)
    {
        ProbeTarget? target = null;
        if (!PatternQuery.TryParse(text, out var query) || (!query.IsHash && !ProbeTarget.TryParse(text, out target)))
        {
            return CommandLine.Fail([$"'{text}' is no host, URL or address, and no digest"], ExitCode.BadUsage);
        }

        try
        {
            var policy = File.Exists(settings.Policy.File) ? PolicyReader.Read(settings.Policy.File) : new PolicyDocument();
            var data = settings.Gateway.DataDirectory;
            var opened = PatternFolder.Open(settings.Patterns.ShelfIn(data), settings.Patterns.TrustIn(data).Read().Root.Signers);
            var set = PatternSet.Combine([.. opened.Select(pack => pack.Opening.Pack).OfType<PatternPack>().Take(PatternSet.MaxPacks)]);
            if (target is not null)
            {
                Console.Out.WriteLine($"{text}: {Decision(target, set, policy)}");
            }

            if (language is not null || target is null)
            {
                Console.Out.WriteLine(string.Join('\n', new PatternExplanation(set, language ?? "en").Of(query)));
            }
            else
            {
                WriteEntries(query, set);
            }

            return ExitCode.Ok;
        }
        catch (PolicyException e)
        {
            return CommandLine.Fail(e.Faults, ExitCode.BadConfiguration);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RootException)
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
        Inspection.Verdicts.DetectionKind.Malware => "malware",
        Inspection.Verdicts.DetectionKind.Url => "block list",
        Inspection.Verdicts.DetectionKind.Category => "category",
        _ => "application",
    };

    private static void WriteEntries(PatternQuery query, PatternSet set)
    {
        foreach (var finding in query.Find(set))
        {
            Console.Out.WriteLine(
                $"  entry {finding.Entry}: {finding.Label.Kind} {finding.Label.Name}, {finding.Label.Source}, pack {finding.PackVersion}");
        }
    }
}
