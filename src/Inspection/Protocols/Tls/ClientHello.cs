namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// A ClientHello (RFC 8446, 4.1.2). All spans point into the message.
/// <code>
/// | version 2 | random 32 | session id 1+n | cipher suites 2+n | compression 1+n | extensions 2+n |
/// </code>
/// </summary>
internal readonly ref struct ClientHello
{
    /// <summary>What the version field says; TLS 1.3 clients say 1.2 here and the truth in an extension.</summary>
    public ushort Version { get; private init; }

    public ReadOnlySpan<byte> CipherSuites { get; private init; }

    public TlsExtensions Extensions { get; private init; }

    /// <summary>The name the client wants to reach (RFC 6066, section 3), case kept; empty where it sent none.</summary>
    public ReadOnlySpan<byte> ServerName { get; private init; }

    /// <summary>The application protocols offered, each with a byte of length before it (RFC 7301, 3.1).</summary>
    public ReadOnlySpan<byte> ApplicationProtocols => Extensions.FindList16(TlsExtensions.Alpn);

    /// <summary>Reads the body of a ClientHello message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ClientHello hello)
    {
        hello = default;
        var reader = new TlsReader(body);
        if (!reader.TryReadUInt16(out var version)
            || !reader.TryRead(32, out _)
            || !reader.TryReadVector8(out _)
            || !reader.TryReadVector16(out var ciphers)
            || !reader.TryReadVector8(out _))
        {
            return false;
        }

        // Extensions are optional up to TLS 1.2.
        var extensions = new TlsExtensions(reader.TryReadVector16(out var found) ? found : default);
        hello = new ClientHello
        {
            Version = version,
            CipherSuites = ciphers,
            Extensions = extensions,
            ServerName = ReadHostName(extensions.FindList16(TlsExtensions.ServerName)),
        };
        return true;
    }

    /// <summary>A list of names with a type each; 0, host_name, is the only type there is.</summary>
    private static ReadOnlySpan<byte> ReadHostName(ReadOnlySpan<byte> list) =>
        list.Length > 0 && list[0] == 0 && new TlsReader(list[1..]) is var reader && reader.TryReadVector16(out var name) ? name : default;
}
