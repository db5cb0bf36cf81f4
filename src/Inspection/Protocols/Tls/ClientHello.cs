using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// A ClientHello (RFC 8446, 4.1.2). All spans point into the message.
/// <code>
/// | version 2 | random 32 | session id 1+n | cipher suites 2+n | compression 1+n | extensions 2+n |
/// </code>
/// </summary>
internal readonly ref struct ClientHello
{
    private const ushort ServerNameExtension = 0;

    public ushort Version { get; private init; }

    public ReadOnlySpan<byte> CipherSuites { get; private init; }

    public ReadOnlySpan<byte> Extensions { get; private init; }

    /// <summary>The name the client wants to reach (RFC 6066, section 3), case kept; empty where it sent none.</summary>
    public ReadOnlySpan<byte> ServerName { get; private init; }

    /// <summary>Reads the body of a ClientHello message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ClientHello hello)
    {
        hello = default;
        var reader = new TlsReader(body);
        if (!reader.TryReadUInt16(out var version)
            || !reader.TrySkip(32)
            || !reader.TryReadVector8(out _)
            || !reader.TryReadVector16(out var ciphers)
            || !reader.TryReadVector8(out _))
        {
            return false;
        }

        // Extensions are optional up to TLS 1.2.
        var extensions = reader.TryReadVector16(out var found) ? found : default;
        hello = new ClientHello
        {
            Version = version,
            CipherSuites = ciphers,
            Extensions = extensions,
            ServerName = FindServerName(extensions),
        };
        return true;
    }

    private static ReadOnlySpan<byte> FindServerName(ReadOnlySpan<byte> extensions)
    {
        var reader = new TlsReader(extensions);
        while (reader.TryReadUInt16(out var type) && reader.TryReadVector16(out var body))
        {
            if (type == ServerNameExtension)
            {
                return ReadHostName(body);
            }
        }

        return default;
    }

    /// <summary>A list of names with a type each; 0, host_name, is the only type there is.</summary>
    private static ReadOnlySpan<byte> ReadHostName(ReadOnlySpan<byte> body)
    {
        var outer = new TlsReader(body);
        if (!outer.TryReadVector16(out var list) || list.Length < 3 || list[0] != 0)
        {
            return default;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(list[1..]);
        return length <= list.Length - 3 ? list.Slice(3, length) : default;
    }
}
