namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>The methods by which HTTP is told from other protocols that are made of lines.</summary>
internal static class HttpMethods
{
    /// <summary>RFC 9110, 9.3; RFC 5789; WebDAV (RFC 3253, 3648, 4918, 5323); UPnP; Microsoft's RPC, BITS and management; Icecast.</summary>
    private static readonly byte[][] Known =
    [
        .. new[]
        {
            "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH", "PROPFIND", "PROPPATCH", "MKCOL", "COPY",
            "MOVE", "LOCK", "UNLOCK", "REPORT", "SEARCH", "CHECKOUT", "UNCHECKOUT", "CHECKIN", "UPDATE", "LABEL", "MKWORKSPACE",
            "MKACTIVITY", "MERGE", "VERSION-CONTROL", "BASELINE-CONTROL", "ORDERPATCH", "ACL", "NOTIFY", "M-SEARCH", "SUBSCRIBE",
            "UNSUBSCRIBE", "RPC_CONNECT", "RPC_IN_DATA", "RPC_OUT_DATA", "BITS_POST", "CCM_POST", "SOURCE", "PURGE",
        }.Select(method => System.Text.Encoding.ASCII.GetBytes(method)),
    ];

    /// <summary>Methods by their first letter, so that a probe compares with few of them.</summary>
    private static readonly byte[][][] ByFirst =
        [.. Enumerable.Range('A', 26).Select(letter => Known.Where(method => method[0] == letter).ToArray())];

    /// <summary>Does this start with a known method and the space behind it?</summary>
    public static Probe Starts(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return Probe.NeedMore;
        }

        if (data[0] is < (byte)'A' or > (byte)'Z')
        {
            return Probe.No;
        }

        var answer = Probe.No;
        foreach (var method in ByFirst[data[0] - 'A'])
        {
            var length = Math.Min(data.Length, method.Length);
            if (data[..length].SequenceEqual(method.AsSpan(0, length)))
            {
                if (data.Length > method.Length && data[method.Length] is (byte)' ' or (byte)'\t')
                {
                    return Probe.Yes;
                }

                answer = data.Length <= method.Length ? Probe.NeedMore : answer;
            }
        }

        return answer;
    }
}
