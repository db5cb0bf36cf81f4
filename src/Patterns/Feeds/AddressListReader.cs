namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Addresses and prefixes of IPv4 and IPv6, one per line; comments start with <c>#</c> or <c>;</c>.</summary>
internal sealed class AddressListReader : LineFeedReader
{
    protected override ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line) =>
        line.IndexOfAny('#', ';') is var comment and >= 0 ? line[..comment] : line;

    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var isAddress = Packs.AddressPrefix.TryParse(text, out var prefix);
        Add(isAddress ? null : DropReason.Malformed, isAddress ? Indicator.OfAddress(prefix) : default, file.Label(), place, text, sink);
    }
}
