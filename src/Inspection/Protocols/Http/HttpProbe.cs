using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>Recognises HTTP/1 by a method, or by a status line where the response is seen first.</summary>
internal static class HttpProbe
{
    /// <summary>A known method starts the flow, so that other line-based protocols are not taken for HTTP (RFC 9110, 9.3; WebDAV, RFC 4918; UPnP).</summary>
    private static readonly byte[][] Methods =
    [
        .. new[]
        {
            "GET ", "POST ", "HEAD ", "PUT ", "DELETE ", "OPTIONS ", "CONNECT ", "TRACE ", "PATCH ", "PROPFIND ", "PROPPATCH ", "MKCOL ",
            "COPY ", "MOVE ", "LOCK ", "UNLOCK ", "REPORT ", "SEARCH ", "NOTIFY ", "SUBSCRIBE ", "UNSUBSCRIBE ", "MERGE ", "RPC_CONNECT ",
            "RPC_IN_DATA ", "RPC_OUT_DATA ", "BITS_POST ", "CCM_POST ", "SOURCE ",
        }.Select(method => System.Text.Encoding.ASCII.GetBytes(method)),
    ];

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction)
    {
        if (direction == Direction.ToClient)
        {
            return Starts(data, "HTTP/1."u8);
        }

        var result = Probe.No;
        foreach (var method in Methods)
        {
            var answer = Starts(data, method);
            if (answer == Probe.Yes)
            {
                return Probe.Yes;
            }

            if (answer == Probe.NeedMore)
            {
                result = Probe.NeedMore;
            }
        }

        return result;
    }

    private static Probe Starts(ReadOnlySpan<byte> data, ReadOnlySpan<byte> token)
    {
        var length = Math.Min(data.Length, token.Length);
        if (!data[..length].SequenceEqual(token[..length]))
        {
            return Probe.No;
        }

        return length == token.Length ? Probe.Yes : Probe.NeedMore;
    }
}
