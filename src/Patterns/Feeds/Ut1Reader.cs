using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Catalogue;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// A folder of the University of Toulouse's blacklists: CATEGORY/{domains,urls,expressions,usage}. The taxonomy says which
/// category of ours each belongs to. Expressions are reported, not read. <c>usage</c> tells a proxy's administrator whether
/// a list is meant for blocking or for allowing; here the policy decides that.
/// </summary>
internal sealed class Ut1Reader(IReadOnlyList<Category> taxonomy) : IFeedReader
{
    private readonly Dictionary<string, string> _categories = taxonomy
        .SelectMany(category => category.Ut1.Select(theirs => (theirs, category.Id)))
        .ToDictionary(pair => pair.theirs, pair => pair.Id);

    public void Read(FeedSource source, IFeedSink sink)
    {
        foreach (var folder in Directory.EnumerateDirectories(source.Path).Order(StringComparer.Ordinal))
        {
            var category = Path.GetFileName(folder);
            var label = _categories.TryGetValue(category, out var ours) ? new PatternLabel(PatternKind.Category, ours, source.Id) : null;
            foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                var form = Path.GetFileName(file);
                var place = $"{category}/{form}";
                if (form is "domains" or "urls")
                {
                    ReadLines(file, place, label is null ? DropReason.Unmapped : null, label, sink);
                }
                else if (form.Contains("expression", StringComparison.Ordinal))
                {
                    ReadLines(file, place, DropReason.Expression, label, sink);
                }
            }
        }
    }

    private static void ReadLines(string file, string place, DropReason? refusal, PatternLabel? label, IFeedSink sink)
    {
        using var stream = File.OpenRead(file);
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
