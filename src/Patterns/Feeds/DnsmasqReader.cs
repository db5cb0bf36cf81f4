namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Settings for dnsmasq that answer names with nothing: <c>address=/name/[/name…][sink]</c>, <c>server=/name/</c> and
/// <c>local=/name/</c> without a server. A name that is sent to a real address or server blocks nothing.
/// </summary>
internal sealed class DnsmasqReader : LineFeedReader
{
    /// <summary>A <c>#</c> is also a value (any sink); a comment has space or the line's start before it.</summary>
    protected override ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line) =>
        line.StartsWith("#") ? default : line.IndexOf(" #") is var comment and >= 0 ? line[..comment] : line;

    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var equals = text.IndexOf('=');
        var option = equals < 0 ? text : text[..equals].Trim();
        if (option is not ("address" or "server" or "local"))
        {
            sink.Drop(DropReason.Unsupported, place, text);
            return;
        }

        var parts = text[(equals + 1)..].Trim().ToString().Split('/');
        if (equals < 0 || parts.Length < 3 || parts[0].Length > 0)
        {
            sink.Drop(DropReason.Malformed, place, text);
            return;
        }

        var target = parts[^1];
        var isSunk = target.Length == 0 || (option is "address" && (target == "#" || SinkAddresses.Contains(target)));
        foreach (var name in parts.AsSpan(1, parts.Length - 2))
        {
            if (!isSunk)
            {
                sink.Drop(DropReason.NoBlock, place, name);
            }
            else
            {
                AddHost(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name, file, place, sink);
            }
        }
    }
}
