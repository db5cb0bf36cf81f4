using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MediaSecurityLite.Patterns;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat build</c></summary>
internal static class BuildCommand
{
    /// <summary>Complaints of one source for one reason that the terminal shows; the report file has more.</summary>
    private const int ShownComplaints = 5;

    public static Command Create()
    {
        var sources = SourcesOption();
        var folders = FoldersOption();
        var target = new Option<string>("--out") { Description = "The pack to write (*.mslpack).", Required = true };
        var key = new Option<string>("--key") { Description = "Private key to sign with (PEM, P-256).", Required = true };
        var version = new Option<string?>("--version") { Description = "Up to four numbers with dots between; the date of making (UTC) where absent." };
        var name = new Option<string?>("--name") { Description = "Which pack this is a version of (a-z 0-9 -); the file's name where absent." };
        var created = new Option<DateTimeOffset?>("--created") { Description = "When the pack was made; SOURCE_DATE_EPOCH or now where absent." };
        var validDays = new Option<int>("--valid-days")
        {
            Description = "How many days it may be taken for the newest.",
            DefaultValueFactory = _ => PackValidity.DefaultDays,
        };
        var report = new Option<string?>("--report") { Description = "Write the report as JSON here, with every source's first complaints." };
        version.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !PackVersion.TryParse(text, out _))
            {
                result.AddError($"--version: '{text}' is not up to four numbers with dots between");
            }
        });
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !PackIdentity.IsName(text))
            {
                result.AddError($"--name: '{text}' is not 1 to 64 of a-z 0-9 -");
            }
        });
        validDays.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < PackValidity.LeastDays or > PackValidity.MostDays)
            {
                result.AddError($"--valid-days must lie between {PackValidity.LeastDays} and {PackValidity.MostDays}");
            }
        });

        var json = new Option<bool>("--json") { Description = "Write the report to standard output as JSON instead of text." };
        var command = new Command("build", "Reads sources and writes a signed pack.") 
        {
            sources, folders, target, key, name, version, created, validDays, report, json,
        };
        command.SetAction(parsed =>
        {
            var made = parsed.GetValue(created) ?? PackValidity.Now(Environment.GetEnvironmentVariable);
            var file = parsed.GetRequiredValue(target);
            var identity = new PackIdentity(
                parsed.GetValue(name) ?? NameOf(file), Version(parsed.GetValue(version), made), made, made.AddDays(parsed.GetValue(validDays)));
            return Run(
                SourceList.Load(parsed.GetRequiredValue(sources), Folders(parsed.GetValue(folders) ?? [])),
                identity,
                parsed.GetRequiredValue(key),
                file,
                parsed.GetValue(report),
                parsed.GetValue(json),
                parsed.InvocationConfiguration);
        });
        return command;
    }

    internal static Option<string[]> SourcesOption() => new Option<string[]>("--sources") { Description = "Source list (JSON). May be repeated; the lists are joined.", Required = true };

    internal static Option<string[]> FoldersOption()
    {
        var folders = new Option<string[]>("--folder") { Description = "NAME=PATH: what {NAME} at the start of a path in a source list stands for. May be repeated." };
        folders.Validators.Add(result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (text.IndexOf('=', StringComparison.Ordinal) < 1)
                {
                    result.AddError($"--folder: '{text}' is not NAME=PATH");
                }
            }
        });
        return folders;
    }

    private static int Run(SourceList list, PackIdentity identity, string keyFile, string target, string? reportFile, bool isJson, InvocationConfiguration console)
    {
        using var key = KeyFile.ReadPrivate(keyFile);
        var (pack, report) = PatternCompiler.Build(list, identity, key);
        DurableFile.Write(target, pack);
        if (reportFile is not null)
        {
            File.WriteAllBytes(reportFile, JsonSerializer.SerializeToUtf8Bytes(report, PatternsJson.Default.BuildReport));
        }

        if (isJson)
        {
            console.Output.WriteLine(JsonSerializer.Serialize(report, PatternsJson.Default.BuildReport));
        }
        else
        {
            WriteReport(report, target, console.Output);
        }

        WriteComplaints(report, console.Error);
        return report.Sources.Any(source => source.Failure is not null) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static void WriteReport(BuildReport report, string target, TextWriter output)
    {
        foreach (var source in report.Sources)
        {
            var dropped = source.Dropped.Count == 0 ? "" : " (" + string.Join(", ", source.Dropped.Select(one => Invariant($"{one.Key} {one.Value}"))) + ")";
            output.WriteLine(Invariant($"{source.Source}: read {source.Read}, kept {source.Kept}, dropped {source.Read - source.Kept}{dropped}"));
        }

        output.WriteLine(Invariant(
            $"{target}: version {report.Version}, {report.Names} names, {report.Endpoints} addresses, {report.Prefixes} prefixes, {report.Urls} URLs, {report.Fingerprints} fingerprints, {report.Files} files, {report.Rules} rules in {report.PackBytes} bytes"));
    }

    private static void WriteComplaints(BuildReport report, TextWriter error)
    {
        foreach (var source in report.Sources)
        {
            foreach (var same in source.Complaints.GroupBy(complaint => complaint.Reason))
            {
                foreach (var complaint in same.Take(ShownComplaints))
                {
                    error.WriteLine($"mslpat: {source.Source}: {complaint}");
                }

                if (source.Dropped[same.Key] > ShownComplaints)
                {
                    error.WriteLine(Invariant($"mslpat: {source.Source}: {same.Key}: {source.Dropped[same.Key] - ShownComplaints} more"));
                }
            }

            if (source.Failure is { } failure)
            {
                error.WriteLine($"mslpat: {source.Source} could not be read to its end, the pack lacks the rest: {failure}");
            }
        }
    }

    internal static Dictionary<string, string> Folders(string[] pairs) =>
        pairs.Select(pair => pair.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(same => same.Key, same => same.Last()[1]);

    private static string NameOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).ToLowerInvariant();
        return PackIdentity.IsName(name) ? name : throw new IOException($"'{name}' is no name of a pack; give one with --name");
    }

    private static PackVersion Version(string? text, DateTimeOffset created)
    {
        text ??= created.UtcDateTime.ToString("yyyy.M.d", CultureInfo.InvariantCulture);
        return PackVersion.TryParse(text, out var version) ? version : throw new FormatException(text);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
