using System.Buffers.Binary;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>The fields of a TCP segment (RFC 9293, 3.1) that an answer is made of, and the answer itself.</summary>
internal static class Tcp
{
    public const byte Protocol = 6;
    public const int HeaderLength = 20;

    public const byte Fin = 0x01;
    public const byte Syn = 0x02;
    public const byte Reset = 0x04;
    public const byte Push = 0x08;
    public const byte Ack = 0x10;

    public static uint Sequence(ReadOnlySpan<byte> segment) => BinaryPrimitives.ReadUInt32BigEndian(segment[4..]);

    public static uint Acknowledgment(ReadOnlySpan<byte> segment) => BinaryPrimitives.ReadUInt32BigEndian(segment[8..]);

    public static byte Flags(ReadOnlySpan<byte> segment) => segment[13];

    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> segment) => segment[Math.Clamp((segment[12] >> 4) * 4, HeaderLength, segment.Length)..];

    /// <summary>Writes a header without options and the payload behind it; the checksum is set by <see cref="AnswerPacket"/>.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> segment, ushort from, ushort to, uint sequence, uint acknowledgment, byte flags, ReadOnlySpan<byte> payload)
    {
        const ushort Window = 0xFFFF;
        segment[..HeaderLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(segment, from);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], to);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], acknowledgment);
        segment[12] = HeaderLength / 4 << 4;
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], Window);
        payload.CopyTo(segment[HeaderLength..]);
        return HeaderLength + payload.Length;
    }
}
