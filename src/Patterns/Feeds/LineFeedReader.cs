namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Reads formats of one entry, or a few, per line.</summary>
internal abstract class LineFeedReader : FileFeedReader
{
    /// <summary>Reads one line that is neither empty nor a comment.</summary>
    protected abstract void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink);

    /// <summary>
    /// Takes a comment off. A fragment never leaves a browser, so that a URL loses nothing that could be seen.
    /// </summary>
    protected virtual ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line) => line.IndexOf('#') is var comment and >= 0 ? line[..comment] : line;

    /// <summary>Hands a line's entry on.</summary>
    protected static void Add(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var fault = IndicatorParser.Parse(text, out var indicator);
        Add(fault, indicator, file.Label(), place, text, sink);
    }

    /// <summary>Hands a line's entry on that must be a name or an address.</summary>
    protected static void AddHost(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var fault = IndicatorParser.Parse(text, out var indicator);
        if (fault is null && indicator.Kind is not (IndicatorKind.Name or IndicatorKind.Address))
        {
            fault = DropReason.Malformed;
        }

        Add(fault, indicator, file.Label(), place, text, sink);
    }

    protected override void ReadFile(FeedFile file, IFeedSink sink)
    {
        if (file.Label() is null)
        {
            sink.Drop(DropReason.Unmapped, file.Line(0), "");
            return;
        }

        using var stream = file.Open();
        var lines = new LineReader(stream);
        while (lines.TryRead(out var line))
        {
            if (line.Fault is { } fault)
            {
                sink.Drop(fault, file.Line(line.Number), "");
                continue;
            }

            var text = WithoutComment(line.Text).Trim();
            if (!text.IsEmpty)
            {
                ReadLine(text, file, file.Line(line.Number), sink);
            }
        }
    }
}
