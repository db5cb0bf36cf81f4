namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Fingerprints of TLS clients and servers, one per line: a JA3 (32 hex digits), a JA4, or the SHA-1 of a certificate (40 hex
/// digits). What follows behind a comma or space names the family.
/// </summary>
internal sealed class FingerprintListReader : LineFeedReader
{
    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var end = text.IndexOfAny(',', ' ', '\t');
        var family = end < 0 ? "" : text[(end + 1)..].Trim(" \t,\"").ToString();
        var fault = HashIndicator.ParseFingerprint((end < 0 ? text : text[..end]).Trim('"'), out var indicator);
        Add(fault, indicator, file.Label("", family), place, text, sink);
    }
}
