using System.Formats.Tar;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Catalogue;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// The University of Toulouse's blacklists: a folder, or the tarball they are published as, with CATEGORY/{domains,urls,
/// expressions,usage}. The taxonomy says which category of ours each belongs to. Expressions are reported, not read.
/// <c>usage</c> tells a proxy's administrator whether a list is meant for blocking or for allowing; here the policy decides that.
/// </summary>
internal sealed class Ut1Reader(IReadOnlyList<Category> taxonomy) : IFeedReader
{
    /// <summary>The published archive has some 300.</summary>
    private const int MaxMembers = 10_000;

    private readonly Dictionary<string, string> _categories = taxonomy
        .SelectMany(category => category.Ut1.Select(theirs => (theirs, category.Id)))
        .ToDictionary(pair => pair.theirs, pair => pair.Id);

    public void Read(FeedSource source, IFeedSink sink)
    {
        if (!Directory.Exists(source.Path))
        {
            ReadTarball(source, sink);
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(source.Path).Order(StringComparer.Ordinal))
        {
            foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                ReadList(source, Path.GetFileName(folder), Path.GetFileName(file), () => File.OpenRead(file), sink);
            }
        }
    }

    private void ReadTarball(FeedSource source, IFeedSink sink)
    {
        using var stream = FeedStream.Open(source.Path);
        using var archive = new TarReader(stream);
        for (var members = 0; archive.GetNextEntry() is { } member; members++)
        {
            if (members == MaxMembers)
            {
                throw new InvalidDataException($"the archive has more than {MaxMembers} members");
            }

            // Only names are taken from a path that an archive gives; nothing is written anywhere.
            var path = member.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (path.Length >= 2 && member.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && member.DataStream is { } data)
            {
                ReadList(source, path[^2], path[^1], () => data, sink);
            }
        }
    }

    private void ReadList(FeedSource source, string category, string form, Func<Stream> open, IFeedSink sink)
    {
        var isExpressions = form.Contains("expression", StringComparison.Ordinal);
        if (form is "domains" or "urls" || isExpressions)
        {
            var label = _categories.TryGetValue(category, out var ours) ? new PatternLabel(PatternKind.Category, ours, source.Id) : null;
            using var stream = open();
            ReadLines(stream, $"{category}/{form}", isExpressions ? DropReason.Expression : label is null ? DropReason.Unmapped : null, label, sink);
        }
    }

    private static void ReadLines(Stream stream, string place, DropReason? refusal, PatternLabel? label, IFeedSink sink)
    {
        var lines = new LineReader(stream);
        while (lines.TryRead(out var line))
        {
            var here = new FeedPlace(place, line.Number);
            if (line.Fault is null && (line.Text.Length == 0 || line.Text[0] == '#'))
            {
                continue;
            }

            Indicator indicator = default;
            var fault = line.Fault ?? refusal ?? IndicatorParser.Parse(line.Text, out indicator);
            if (fault is { } reason)
            {
                sink.Drop(reason, here, line.Text);
            }
            else
            {
                sink.Add(indicator, label!, here);
            }
        }
    }
}
