using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>A plain list: one name or address per line, <c>#</c> comments. Anything with a path or port is a mistake in such a list.</summary>
internal sealed class DomainListReader : LineFeedReader
{
    protected override void ReadLine(ReadOnlySpan<char> text, PatternLabel label, FeedPlace place, IFeedSink sink)
    {
        var fault = IndicatorParser.Parse(text, out var indicator);
        if (fault is null && indicator.Kind is not (IndicatorKind.Name or IndicatorKind.Address))
        {
            fault = DropReason.Malformed;
        }

        if (fault is { } reason)
        {
            sink.Drop(reason, place, text);
        }
        else
        {
            sink.Add(indicator, label, place);
        }
    }
}
