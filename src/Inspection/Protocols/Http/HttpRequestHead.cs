namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>What a request asks for; valid during the call that reports it.</summary>
internal readonly ref struct HttpRequestHead(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, ReadOnlySpan<byte> host)
{
    public ReadOnlySpan<byte> Method { get; } = method;

    /// <summary>As in the request line (RFC 9112, 3.2): a path with its query, a whole URL, an authority or <c>*</c>.</summary>
    public ReadOnlySpan<byte> Target { get; } = target;

    /// <summary>The Host header as sent; empty where there is none.</summary>
    public ReadOnlySpan<byte> Host { get; } = host;
}
