using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>Recognises HTTP/1 by a method, or by a status line where the response is seen first.</summary>
internal static class HttpProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction)
    {
        // RFC 9112, 2.2: empty lines before a request are to be ignored.
        var text = data.TrimStart("\r\n"u8);
        return direction == Direction.ToServer ? HttpMethods.Starts(text) : StartsWithStatusLine(text);
    }

    private static Probe StartsWithStatusLine(ReadOnlySpan<byte> data)
    {
        var token = "HTTP/1."u8;
        var length = Math.Min(data.Length, token.Length);
        if (!data[..length].SequenceEqual(token[..length]))
        {
            return Probe.No;
        }

        return length == token.Length ? Probe.Yes : Probe.NeedMore;
    }
}
