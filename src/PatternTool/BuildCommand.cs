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
        var sources = new Option<string[]>("--sources") { Description = "Source list (JSON). May be repeated; the lists are joined.", Required = true };
        var folders = new Option<string[]>("--folder") { Description = "NAME=PATH: what {NAME} at the start of a path in a source list stands for. May be repeated." };
        var target = new Option<string>("--out") { Description = "The pack to write (*.mslpack).", Required = true };
        var key = new Option<string>("--key") { Description = "Private key to sign with (PEM, P-256).", Required = true };
        var version = new Option<string?>("--version") { Description = "Up to four numbers with dots between; today's date (UTC) where absent." };
        var report = new Option<string?>("--report") { Description = "Write the report as JSON here, with every source's first complaints." };
        version.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !PackVersion.TryParse(text, out _))
            {
                result.AddError($"--version: '{text}' is not up to four numbers with dots between");
            }
        });
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

        var command = new Command("build", "Reads sources and writes a signed pack.") { sources, folders, target, key, version, report };
        command.SetAction(parsed => Run(
            SourceList.Load(parsed.GetRequiredValue(sources), Folders(parsed.GetValue(folders) ?? [])),
            Version(parsed.GetValue(version)),
            parsed.GetRequiredValue(key),
            parsed.GetRequiredValue(target),
            parsed.GetValue(report),
            parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(SourceList list, PackVersion version, string keyFile, string target, string? reportFile, InvocationConfiguration console)
    {
        using var key = KeyFile.ReadPrivate(keyFile);
        var (pack, report) = PatternCompiler.Build(list, version, key);
        PackWriter.Save(target, pack);
        if (reportFile is not null)
        {
            File.WriteAllBytes(reportFile, JsonSerializer.SerializeToUtf8Bytes(report, PatternsJson.Default.BuildReport));
        }

        WriteReport(report, target, console.Output);
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
            $"{target}: version {report.Version}, {report.Names} names, {report.Endpoints} addresses, {report.Prefixes} prefixes, {report.Urls} URLs in {report.PackBytes} bytes"));
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

    private static Dictionary<string, string> Folders(string[] pairs) =>
        pairs.Select(pair => pair.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(same => same.Key, same => same.Last()[1]);

    private static PackVersion Version(string? text)
    {
        text ??= TimeProvider.System.GetUtcNow().ToString("yyyy.M.d", CultureInfo.InvariantCulture);
        return PackVersion.TryParse(text, out var version) ? version : throw new FormatException(text);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
