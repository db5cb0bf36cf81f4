using System.Buffers.Binary;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>Puts the IP header before a TCP segment or UDP datagram that we say in another's name, and sets its checksums.</summary>
internal static class AnswerPacket
{
    /// <summary>The longest IP header that is written here; the transport part is to be written behind this many bytes.</summary>
    public const int Headroom = 40;

    private const byte HopLimit = 64;

    /// <param name="buffer"><see cref="Headroom"/> free bytes, then the transport part.</param>
    /// <param name="length">Bytes of the transport part.</param>
    /// <param name="source">4 or 16 bytes.</param>
    /// <param name="destination">As many.</param>
    /// <param name="protocol">TCP or UDP.</param>
    /// <returns>The packet, within <paramref name="buffer"/>.</returns>
    public static Span<byte> Finish(Span<byte> buffer, int length, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, byte protocol)
    {
        var content = buffer.Slice(Headroom, length);
        WriteChecksum(content, source, destination, protocol);
        return source.Length == 4
            ? FinishV4(buffer, length, source, destination, protocol)
            : FinishV6(buffer, length, source, destination, protocol);
    }

    private static Span<byte> FinishV4(Span<byte> buffer, int length, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, byte protocol)
    {
        const int HeaderLength = 20;
        const ushort DontFragment = 0x4000;
        var packet = buffer.Slice(Headroom - HeaderLength, HeaderLength + length);
        packet[..HeaderLength].Clear();
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], DontFragment);
        packet[8] = HopLimit;
        packet[9] = protocol;
        source.CopyTo(packet[12..]);
        destination.CopyTo(packet[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum.Fold(Checksum.Add(0, packet[..HeaderLength])));
        return packet;
    }

    private static Span<byte> FinishV6(Span<byte> packet, int length, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, byte protocol)
    {
        packet = packet[..(Headroom + length)];
        packet[..Headroom].Clear();
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)length);
        packet[6] = protocol;
        packet[7] = HopLimit;
        source.CopyTo(packet[8..]);
        destination.CopyTo(packet[24..]);
        return packet;
    }

    /// <summary>Over the addresses, protocol and length, and all of the content (RFC 9293, 3.1; RFC 8200, 8.1).</summary>
    private static void WriteChecksum(Span<byte> content, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, byte protocol)
    {
        var field = content[(protocol == Tcp.Protocol ? 16 : 6)..];
        var sum = Checksum.Add(Checksum.Add(protocol + (uint)content.Length, source), destination);
        var checksum = Checksum.Fold(Checksum.Add(sum, content));
        BinaryPrimitives.WriteUInt16BigEndian(field, checksum == 0 ? (ushort)0xFFFF : checksum); // 0 would mean "none" in UDP
    }
}
