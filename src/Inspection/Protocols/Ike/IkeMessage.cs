using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Ike;

/// <summary>
/// An IKE message (RFC 7296, 3.1; version 1: RFC 2408, 3.1), on port 4500 behind four zero bytes (RFC 3948, 2.2).
/// <code>
/// | initiator SPI 8 | responder SPI 8 | next payload 1 | version 4+4 | exchange 1 | flags 1 | message id 4 | length 4 | payloads
/// payload: | next 1 | reserved 1 | length 2 | …
/// </code>
/// </summary>
internal readonly ref struct IkeMessage
{
    public const int HeaderLength = 28;
    private const byte EncryptionFlagV1 = 0x01;
    private const byte InitiatorFlagV2 = 0x08;
    private const byte EncryptedPayloadV2 = 46;
    private const byte EncryptedFragmentV2 = 53;

    private IkeMessage(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    public ReadOnlySpan<byte> Bytes { get; }

    public ReadOnlySpan<byte> InitiatorSpi => Bytes[..8];

    public ReadOnlySpan<byte> ResponderSpi => Bytes.Slice(8, 8);

    public byte FirstPayload => Bytes[16];

    public int MajorVersion => Bytes[17] >> 4;

    public int MinorVersion => Bytes[17] & 0x0F;

    public byte Exchange => Bytes[18];

    public uint MessageId => BinaryPrimitives.ReadUInt32BigEndian(Bytes[20..]);

    /// <summary>Version 2 says who sends; in version 1 the first message has no responder yet.</summary>
    public bool IsFromInitiator => MajorVersion == 2 ? (Bytes[19] & InitiatorFlagV2) != 0 : ResponderSpi.IndexOfAnyExcept((byte)0) < 0;

    public bool IsEncrypted =>
        MajorVersion == 2 ? FirstPayload is EncryptedPayloadV2 or EncryptedFragmentV2 : (Bytes[19] & EncryptionFlagV1) != 0;

    /// <returns>False for what cannot be a message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out IkeMessage message)
    {
        message = default;
        if (data.Length >= HeaderLength + 4 && BinaryPrimitives.ReadUInt32BigEndian(data) == 0)
        {
            data = data[4..];
        }

        if (data.Length < HeaderLength
            || BinaryPrimitives.ReadUInt32BigEndian(data[24..]) != data.Length
            || BinaryPrimitives.ReadUInt64BigEndian(data) == 0
            || !IsKnown(data[17], data[18]))
        {
            return false;
        }

        message = new IkeMessage(data);
        return true;
    }

    /// <summary>The payload at <paramref name="offset"/> (the first is at <see cref="HeaderLength"/>), of the type that the one before it named.</summary>
    public bool TryReadPayload(ref int offset, ref byte type, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (type == 0 || offset + 4 > Bytes.Length)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(Bytes[(offset + 2)..]);
        if (length < 4 || length > Bytes.Length - offset)
        {
            return false;
        }

        content = Bytes.Slice(offset + 4, length - 4);
        type = Bytes[offset];
        offset += length;
        return true;
    }

    /// <summary>IANA ikev2-parameters and ipsec-registry: exchange types of each version.</summary>
    private static bool IsKnown(byte version, byte exchange) => version switch
    {
        0x10 => exchange is (>= 1 and <= 6) or 32 or 33,
        0x20 or 0x21 => exchange is >= 34 and <= 44,
        _ => false,
    };
}
