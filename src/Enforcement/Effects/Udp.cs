using System.Buffers.Binary;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>UDP (RFC 768), as far as an answer needs it.</summary>
internal static class Udp
{
    public const byte Protocol = 17;
    public const int HeaderLength = 8;

    /// <summary>Writes the header before a payload that stands already behind it; the checksum is set by <see cref="AnswerPacket"/>.</summary>
    /// <returns>Bytes of header and payload.</returns>
    public static int Write(Span<byte> datagram, ushort from, ushort to, int payloadLength)
    {
        var length = HeaderLength + payloadLength;
        BinaryPrimitives.WriteUInt16BigEndian(datagram, from);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], to);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)length);
        datagram[6..HeaderLength].Clear();
        return length;
    }
}
