namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>A plain list: one name or address per line, <c>#</c> comments. Anything with a path or port is a mistake in such a list.</summary>
internal sealed class DomainListReader : LineFeedReader
{
    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink) => AddHost(text, file, place, sink);
}
