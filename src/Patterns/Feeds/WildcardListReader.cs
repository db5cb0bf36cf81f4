namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// A list for resolvers that know wildcards: <c>*.example.com</c> per line. In such lists it stands for the domain with all that
/// is below it, as a name does here; a star anywhere else is refused.
/// </summary>
internal sealed class WildcardListReader : LineFeedReader
{
    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink) =>
        AddHost(text.StartsWith("*.") ? text[2..] : text, file, place, sink);
}
