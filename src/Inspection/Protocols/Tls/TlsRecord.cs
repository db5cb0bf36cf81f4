using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>The record layer's header (RFC 8446, 5.1): <c>| type 1 | version 2 | length 2 |</c>.</summary>
internal readonly struct TlsRecord
{
    public const int HeaderLength = 5;

    public const byte ChangeCipherSpec = 20;
    public const byte Alert = 21;
    public const byte Handshake = 22;
    public const byte ApplicationData = 23;
    public const byte Heartbeat = 24;

    /// <summary>RFC 5246, 6.2.3: 2^14 bytes of content and up to 2,048 of cipher overhead.</summary>
    public const int MaxLength = (1 << 14) + 2048;

    public byte Type { get; private init; }

    public int Length { get; private init; }

    /// <summary>False for what cannot be a record.</summary>
    public bool IsValid { get; private init; }

    public static TlsRecord Read(ReadOnlySpan<byte> header)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        return new TlsRecord
        {
            Type = header[0],
            Length = length,
            IsValid = header[0] is >= ChangeCipherSpec and <= Heartbeat && header[1] == 3 && length <= MaxLength,
        };
    }
}

/// <summary>Handshake message types the engine reads (RFC 8446, section 4; RFC 5246, 7.4).</summary>
internal static class TlsHandshake
{
    public const byte ClientHello = 1;
    public const byte ServerHello = 2;
    public const byte Certificate = 11;
    public const byte ServerHelloDone = 14;
}
