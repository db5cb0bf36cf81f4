using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Catalogue;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Reads formats of one entry, or a few, per line. A source is one file, or a folder whose files its rules choose.</summary>
internal abstract class LineFeedReader : IFeedReader
{
    public void Read(FeedSource source, IFeedSink sink)
    {
        if (!Directory.Exists(source.Path))
        {
            ReadFile(source, source.Path, Path.GetFileName(source.Path), sink);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(source.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            ReadFile(source, file, Path.GetRelativePath(source.Path, file), sink);
        }
    }

    /// <summary>Reads one line that is neither empty nor a comment.</summary>
    protected abstract void ReadLine(ReadOnlySpan<char> text, PatternLabel label, FeedPlace place, IFeedSink sink);

    /// <summary>Hands a line's entry on.</summary>
    protected static void Add(ReadOnlySpan<char> text, PatternLabel label, FeedPlace place, IFeedSink sink)
    {
        if (IndicatorParser.Parse(text, out var indicator) is { } fault)
        {
            sink.Drop(fault, place, text);
        }
        else
        {
            sink.Add(indicator, label, place);
        }
    }

    private void ReadFile(FeedSource source, string file, string relativePath, IFeedSink sink)
    {
        if (source.RuleFor(relativePath) is not { Kind: { } kind } rule)
        {
            return;
        }

        var label = new PatternLabel(kind, rule.NameFor(file), source.Id);
        if (!IdRules.IsId(label.Name))
        {
            sink.Drop(DropReason.Unmapped, new FeedPlace(relativePath, 0), label.Name);
            return;
        }

        using var stream = File.OpenRead(file);
        var lines = new LineReader(stream);
        while (lines.TryRead(out var line))
        {
            var place = new FeedPlace(relativePath, line.Number);
            if (line.Fault is { } fault)
            {
                sink.Drop(fault, place, "");
                continue;
            }

            // A fragment never leaves a browser, so that a URL loses nothing that could be seen.
            var comment = line.Text.IndexOf('#', StringComparison.Ordinal);
            var text = (comment < 0 ? line.Text.AsSpan() : line.Text.AsSpan(0, comment)).Trim();
            if (!text.IsEmpty)
            {
                ReadLine(text, label, place, sink);
            }
        }
    }
}
