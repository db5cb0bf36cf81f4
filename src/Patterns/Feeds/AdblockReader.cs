using MediaSecurityLite.Patterns.Names;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Lists for ad blockers: <c>||name^</c>, <c>||host/path^</c>, exceptions <c>@@||name^</c>, comments <c>!</c>. What hides parts of
/// a page is counted as cosmetic; what holds under conditions that only a browser knows (<c>$third-party</c>) is not used.
/// An exception of a list takes out what it names, what is below that and what is above it: an entry of ours cannot leave one
/// of its subdomains out.
/// </summary>
internal sealed class AdblockReader : LineFeedReader
{
    private readonly HashSet<string> _exceptions = [];
    private readonly HashSet<string> _parentsOfExceptions = [];

    protected override ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line) => line;

    protected override void ReadFile(FeedFile file, IFeedSink sink)
    {
        _exceptions.Clear();
        _parentsOfExceptions.Clear();
        CollectExceptions(file);
        base.ReadFile(file, sink);
    }

    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        if (text[0] is '!' or '[')
        {
            return;
        }

        if (IsCosmetic(text))
        {
            sink.Drop(DropReason.Cosmetic, place, text);
            return;
        }

        var isException = text.StartsWith("@@");
        var fault = Parse(isException ? text[2..] : text, out var indicator);
        if (fault is null)
        {
            fault = isException ? DropReason.NoBlock : IsExcepted(indicator) ? DropReason.Excepted : null;
        }

        Add(fault, indicator, file.Label(), place, text, sink);
    }

    private void CollectExceptions(FeedFile file)
    {
        using var stream = file.Open();
        var lines = new LineReader(stream);
        while (lines.TryRead(out var line))
        {
            if (!line.Text.StartsWith("@@", StringComparison.Ordinal) || Parse(line.Text.AsSpan(2), out var indicator) is not null)
            {
                continue;
            }

            _exceptions.Add(indicator.Text);
            foreach (var parent in DomainName.Parents(indicator.Text))
            {
                _parentsOfExceptions.Add(parent);
            }
        }
    }

    private bool IsExcepted(in Indicator indicator) =>
        indicator.Kind is IndicatorKind.Name or IndicatorKind.Url
        && (_exceptions.Contains(indicator.Text) || _parentsOfExceptions.Contains(indicator.Text) || DomainName.Parents(indicator.Text).Any(_exceptions.Contains));

    /// <summary>Element hiding and its relatives: <c>##</c>, <c>#@#</c>, <c>#?#</c>, <c>#$#</c>, <c>#%#</c>, and AdGuard's <c>$$</c>.</summary>
    private static bool IsCosmetic(ReadOnlySpan<char> text)
    {
        var mark = text.IndexOf('#');
        return text.Contains("$$", StringComparison.Ordinal)
            || (mark >= 0 && mark + 1 < text.Length && text[mark + 1] is '#' or '@' or '?' or '$' or '%');
    }

    private static DropReason? Parse(ReadOnlySpan<char> text, out Indicator indicator)
    {
        indicator = default;
        if (text.StartsWith("/") && text.TrimEnd().EndsWith("/"))
        {
            return DropReason.Expression;
        }

        var options = text.LastIndexOf('$');
        if (options >= 0)
        {
            if (!AreHarmless(text[(options + 1)..]))
            {
                return DropReason.Unsupported;
            }

            text = text[..options];
        }

        var isAnchored = text.StartsWith("||");
        text = isAnchored ? text[2..] : text.StartsWith("|http") ? text[1..] : text;
        text = text.TrimEnd('|');
        var isClosed = text.EndsWith("^");
        text = isClosed ? text[..^1] : text;
        text = isAnchored && text.StartsWith("*.") ? text[2..] : text;
        var fault = IndicatorParser.Parse(text, out indicator);
        return fault is null && !isAnchored && indicator.Kind is not (IndicatorKind.Name or IndicatorKind.Address or IndicatorKind.Url)
            ? DropReason.Malformed
            : fault;
    }

    /// <summary>Options that make a rule neither narrower nor conditional for a whole host.</summary>
    private static bool AreHarmless(ReadOnlySpan<char> options)
    {
        foreach (var range in options.Split(','))
        {
            if (options[range].Trim() is not ("important" or "all" or "document" or "doc" or "popup"))
            {
                return false;
            }
        }

        return true;
    }
}
