using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Protocols.Stun;

/// <summary>
/// A STUN message (RFC 8489, section 5), also of the time before the magic cookie (RFC 3489).
/// <code>
/// |0 0| type 14 | length 16 | magic cookie 32 | transaction id 96 | attributes: type 16, length 16, value padded to 4
/// </code>
/// </summary>
internal readonly ref struct StunMessage
{
    public const int HeaderLength = 20;
    public const uint MagicCookie = 0x2112_A442;

    private StunMessage(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    public ReadOnlySpan<byte> Bytes { get; }

    public ushort Type => BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    /// <summary>RFC 8489, 5: the method's bits lie round those of the class.</summary>
    public int Method => (Type & 0x000F) | ((Type & 0x00E0) >> 1) | ((Type & 0x3E00) >> 2);

    /// <summary>0 request, 1 indication, 2 success, 3 error.</summary>
    public int Class => ((Type & 0x0010) >> 4) | ((Type & 0x0100) >> 7);

    /// <returns>False unless the attributes fill the message exactly.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out StunMessage message)
    {
        message = default;
        if (data.Length < HeaderLength
            || (data[0] & 0xC0) != 0
            || BinaryPrimitives.ReadUInt16BigEndian(data[2..]) != data.Length - HeaderLength)
        {
            return false;
        }

        message = new StunMessage(data);
        return message.HasMagicCookie() ? (data.Length & 3) == 0 : message.IsOldStyle();
    }

    /// <summary>The value of an attribute; empty where it is absent.</summary>
    public ReadOnlySpan<byte> Attribute(ushort type)
    {
        var rest = Bytes[HeaderLength..];
        while (rest.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length > rest.Length - 4)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == type)
            {
                return rest.Slice(4, length);
            }

            rest = rest[Math.Min(rest.Length, 4 + ((length + 3) & ~3))..];
        }

        return default;
    }

    /// <summary>RFC 8489, 14.2: port and IPv4 address, masked with the magic cookie.</summary>
    public bool TryReadMappedAddress(out IpAddress address, out ushort port)
    {
        const ushort XorMappedAddress = 0x0020;
        (address, port) = (default, 0);
        var value = Attribute(XorMappedAddress);
        if (value.Length < 8 || value[1] != 1)
        {
            return false;
        }

        port = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (MagicCookie >> 16));
        address = IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(value[4..]) ^ MagicCookie);
        return true;
    }

    private bool HasMagicCookie() => BinaryPrimitives.ReadUInt32BigEndian(Bytes[4..]) == MagicCookie;

    /// <summary>RFC 3489, 11: binding and shared secret, attributes 1 to 11 or optional ones; without a cookie all must fit.</summary>
    private bool IsOldStyle()
    {
        if (Type is not (0x0001 or 0x0002 or 0x0101 or 0x0102 or 0x0111 or 0x0112 or 0x0003 or 0x0103 or 0x0113 or 0x0115 or 0x0004))
        {
            return false;
        }

        var rest = Bytes[HeaderLength..];
        while (rest.Length >= 4)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (type is 0 or > 0x0030 and < 0x8000 || length > rest.Length - 4)
            {
                return false;
            }

            rest = rest[Math.Min(rest.Length, 4 + ((length + 3) & ~3))..];
        }

        return rest.IsEmpty && (Bytes.Length > HeaderLength || Type == 0x0001) && Bytes[4..HeaderLength].IndexOfAnyExcept((byte)0) >= 0;
    }
}

/// <summary>The attributes the engine reads (IANA stun-parameters).</summary>
internal static class StunAttribute
{
    public const ushort Realm = 0x0014;
    public const ushort Software = 0x8022;
}
