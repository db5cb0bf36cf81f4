using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// Hellos in the format of SSL 2, which old clients also open SSL 3 and TLS 1.0 with (RFC 5246, appendix E.2). The header is
/// two bytes: the highest bit set, then the length of what follows.
/// <code>
/// client: | 1 | version 2 | length of ciphers 2 | of session id 2 | of challenge 2 | ... |
/// server: | 4 | session id hit 1 | certificate type 1 | version 2 | length of certificate 2 | of ciphers 2 | of connection id 2 | certificate | ... |
/// </code>
/// </summary>
internal static class Ssl2Hello
{
    public const int HeaderLength = 2;

    private const byte Client = 1;
    private const byte Server = 4;
    private const int ClientFixedLength = 9;
    private const int ServerFixedLength = 11;

    /// <summary>True if a record of SSL 2 may begin here; a record of TLS never does.</summary>
    public static bool IsRecord(byte first) => (first & 0x80) != 0;

    /// <summary>Length of the record with its header.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) => HeaderLength + (BinaryPrimitives.ReadUInt16BigEndian(header) & 0x7FFF);

    /// <summary>Recognises a client's hello by its first bytes: all of its lengths must agree.</summary>
    public static Probe Recognize(ReadOnlySpan<byte> data)
    {
        if (!IsRecord(data[0]) || (data.Length > HeaderLength && data[HeaderLength] != Client))
        {
            return Probe.No;
        }

        if (data.Length < HeaderLength + ClientFixedLength)
        {
            return Probe.NeedMore;
        }

        var body = data[HeaderLength..];
        var version = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
        int ciphers = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        int sessionId = BinaryPrimitives.ReadUInt16BigEndian(body[5..]);
        int challenge = BinaryPrimitives.ReadUInt16BigEndian(body[7..]);
        var isSound = version is TlsVersion.Ssl2 or (>= TlsVersion.Ssl3 and <= TlsVersion.Tls12)
            && ciphers > 0 && ciphers % 3 == 0
            && sessionId is 0 or 16
            && challenge is >= 16 and <= 32
            && HeaderLength + ClientFixedLength + ciphers + sessionId + challenge == LengthOf(data);
        return isSound ? Probe.Yes : Probe.No;
    }

    /// <summary>Reads a server's hello, from behind the header; the certificate may be empty.</summary>
    public static bool TryReadServer(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> certificate)
    {
        certificate = default;
        if (body.Length < ServerFixedLength || body[0] != Server || BinaryPrimitives.ReadUInt16BigEndian(body[3..]) != TlsVersion.Ssl2)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(body[5..]);
        if (length <= body.Length - ServerFixedLength)
        {
            certificate = body.Slice(ServerFixedLength, length);
        }

        return true;
    }
}
