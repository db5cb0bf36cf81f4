namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Settings for Unbound that answer names with nothing: <c>local-zone: "name" TYPE</c> and <c>local-data: "name [TTL] [IN] A sink"</c>.
/// </summary>
internal sealed class UnboundReader : LineFeedReader
{
    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var colon = text.IndexOf(':');
        var option = colon < 0 ? text : text[..colon].Trim();
        var value = colon < 0 ? default : text[(colon + 1)..].Trim();
        switch (option)
        {
            case "server" when value.IsEmpty:
                return;
            case "local-zone":
                ReadZone(value, text, file, place, sink);
                return;
            case "local-data":
                ReadData(value, text, file, place, sink);
                return;
            default:
                sink.Drop(DropReason.Unsupported, place, text);
                return;
        }
    }

    private static void ReadZone(ReadOnlySpan<char> value, ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var words = value.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var type = words.Length == 2 ? words[1].Trim('"') : "";
        switch (type)
        {
            case "static" or "deny" or "refuse" or "redirect" or "always_nxdomain" or "always_null" or "always_refuse" or "always_deny" or "always_nodata"
                or "inform_deny" or "inform_redirect":
                AddHost(words[0].Trim('"', '\''), file, place, sink);
                return;
            case "transparent" or "typetransparent" or "nodefault" or "always_transparent" or "inform" or "block_a" or "noview":
                sink.Drop(DropReason.NoBlock, place, text);
                return;
            default:
                sink.Drop(DropReason.Malformed, place, text);
                return;
        }
    }

    private static void ReadData(ReadOnlySpan<char> value, ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var words = value.Trim("\"'").ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3)
        {
            sink.Drop(DropReason.Malformed, place, text);
        }
        else if (words[^2].ToUpperInvariant() is not ("A" or "AAAA") || !SinkAddresses.Contains(words[^1]))
        {
            sink.Drop(DropReason.NoBlock, place, text);
        }
        else
        {
            AddHost(words[0], file, place, sink);
        }
    }
}
