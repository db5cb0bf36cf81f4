using System.Security.Cryptography;
using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>Makes a pack of sources. The same sources, identity and key give the same bytes.</summary>
public static class PatternCompiler
{
    /// <summary>Builds and signs a pack.</summary>
    /// <param name="list">What to read.</param>
    /// <param name="identity">The pack's name, version and times.</param>
    /// <param name="key">Private key of P-256.</param>
    /// <param name="cancellation">Stops between two sources.</param>
    public static (byte[] Pack, BuildReport Report) Build(SourceList list, PackIdentity identity, ECDsa key, CancellationToken cancellation = default)
    {
        var entries = new EntryCollector(new EntryFilter(list));
        var reports = new List<SourceReport>();
        foreach (var source in list.Sources)
        {
            cancellation.ThrowIfCancellationRequested();
            reports.Add(Read(source, entries));
        }

        entries.ResolveConflicts();
        entries.DropCovered();
        var (sections, counts) = Sections(list, entries);
        var sources = list.Sources.Zip(reports, (source, report) => Describe(source.Entry, report));
        var pack = PackWriter.Write(identity, [.. sources], sections, key);
        return (pack, new BuildReport
        {
            Version = identity.Version.ToString(),
            Sources = reports,
            Names = counts.Names,
            Endpoints = counts.Endpoints,
            Prefixes = entries.Prefixes.Count,
            Urls = counts.Urls,
            Fingerprints = counts.Fingerprints,
            Files = counts.Files,
            Rules = entries.Rules.Count,
            PackBytes = pack.Length,
            NameBytes = sections.Single(section => section.Name == SectionNames.Names).Bytes.Length,
        });
    }

    private static SourceReport Read(ListedSource source, EntryCollector entries)
    {
        var report = new SourceReport { Source = source.Entry.Id };
        entries.Begin(report, source.Except, source.Entry.Confidence ?? SourceConfidence.Medium);
        try
        {
            source.Reader.Read(source.Feed, entries);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // One source that cannot be read must not stop the build of the others.
            report.Failure = fault.Message;
        }

        return report;
    }

    private static (List<(string Name, byte[] Bytes)> Sections, (int Names, int Endpoints, int Urls, int Fingerprints, int Files) Counts) Sections(
        SourceList list, EntryCollector entries)
    {
        var order = entries.Labels.Select((label, number) => (label, number))
            .OrderByDescending(one => one.label.Kind)
            .ThenBy(one => one.label.Name, StringComparer.Ordinal)
            .ThenBy(one => one.label.Source, StringComparer.Ordinal)
            .ToArray();
        var numbers = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            numbers[order[i].number] = i;
        }

        PatternLabel[] labels = [.. order.Select(one => one.label)];
        var names = entries.Names.Keys(numbers);
        var endpoints = entries.Endpoints.Keys(numbers);
        var urls = entries.Urls.Keys(numbers);
        var fingerprints = entries.Fingerprints.Keys(numbers);
        var files = entries.Files.Keys(numbers);
        var sets = new LabelTableBuilder(
            labels, names.Concat(endpoints).Concat(urls).Concat(fingerprints).Concat(files).Select(key => key.Labels));
        List<(string, byte[])> sections =
        [
            (SectionNames.Labels, sets.Build()),
            (SectionNames.Names, entries.Names.BuildTable(names, sets)),
            (SectionNames.Endpoints, entries.Endpoints.BuildTable(endpoints, sets)),
            (SectionNames.Prefixes, PrefixTableBuilder.Build(entries.Prefixes.Select(one => (one.Prefix, numbers[one.Label])))),
            (SectionNames.Urls, entries.Urls.BuildTable(urls, sets)),
            (SectionNames.Fingerprints, entries.Fingerprints.BuildTable(fingerprints, sets)),
            (SectionNames.Files, entries.Files.BuildTable(files, sets)),
            (SectionNames.Rules, entries.Rules.Build()),
            (SectionNames.Catalogue, JsonSerializer.SerializeToUtf8Bytes(list.Catalogue, PatternsJson.Default.CatalogueDocument)),
        ];
        return (sections, (names.Count, endpoints.Count, urls.Count, fingerprints.Count, files.Count));
    }

    private static PackSource Describe(SourceEntry entry, SourceReport report) => new()
    {
        Id = entry.Id,
        Title = entry.Title ?? entry.Id,
        Licence = entry.Licence,
        Origin = entry.Origin,
        Confidence = entry.Confidence ?? SourceConfidence.Medium,
        Entries = report.Kept,
    };
}
