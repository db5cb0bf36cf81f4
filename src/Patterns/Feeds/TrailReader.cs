namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Maltrail's trails: one name, address, address with port or URL per line, <c>#</c> comments.</summary>
internal sealed class TrailReader : LineFeedReader
{
    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink) => Add(text, file, place, sink);
}
