using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// A ServerHello (RFC 8446, 4.1.3). All spans point into the message.
/// <code>
/// | version 2 | random 32 | session id 1+n | cipher suite 2 | compression 1 | extensions 2+n |
/// </code>
/// </summary>
internal readonly ref struct ServerHello
{
    /// <summary>What the version field says.</summary>
    public ushort LegacyVersion { get; private init; }

    /// <summary>The version the server chose.</summary>
    public ushort Version { get; private init; }

    public ushort CipherSuite { get; private init; }

    public TlsExtensions Extensions { get; private init; }

    /// <summary>No hello yet: the server asks for another ClientHello.</summary>
    public bool IsRetryRequest { get; private init; }

    /// <summary>The application protocol chosen; in TLS 1.3 it is not in clear.</summary>
    public ReadOnlySpan<byte> ApplicationProtocol =>
        new TlsReader(Extensions.FindList16(TlsExtensions.Alpn)) is var reader && reader.TryReadVector8(out var name) ? name : default;

    /// <summary>SHA-256 of "HelloRetryRequest" in the place of the random number (RFC 8446, 4.1.3).</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    /// <summary>Reads the body of a ServerHello message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ServerHello hello)
    {
        hello = default;
        var reader = new TlsReader(body);
        if (!reader.TryReadUInt16(out var version) || !reader.TryRead(32, out var random))
        {
            return false;
        }

        var isShort = TlsVersion.HasShortServerHello(version);
        if ((!isShort && !reader.TryReadVector8(out _))
            || !reader.TryReadUInt16(out var cipher)
            || (!isShort && !reader.TryRead(1, out _)))
        {
            return false;
        }

        var extensions = new TlsExtensions(reader.TryReadVector16(out var found) ? found : default);
        var chosen = extensions.Find(TlsExtensions.SupportedVersions);
        hello = new ServerHello
        {
            LegacyVersion = version,
            Version = chosen.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(chosen) : version,
            CipherSuite = cipher,
            Extensions = extensions,
            IsRetryRequest = random.SequenceEqual(RetryRandom),
        };
        return true;
    }
}
