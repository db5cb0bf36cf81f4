using System.Buffers.Binary;
using System.Net;

namespace MediaSecurityLite.Inspection.Tests.Traffic;

/// <summary>Makes frames byte by byte, so that tests do not rest on the code they test.</summary>
internal static class FrameBuilder
{
    public static byte[] Ethernet(ushort etherType, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[14 + payload.Length];
        (frame[5], frame[11]) = (0x02, 0x01);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), etherType);
        payload.CopyTo(frame.AsSpan(14));
        return frame;
    }

    public static byte[] Vlan(ushort id, ushort innerType, ReadOnlySpan<byte> payload)
    {
        var tag = new byte[4 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(tag, id);
        BinaryPrimitives.WriteUInt16BigEndian(tag.AsSpan(2), innerType);
        payload.CopyTo(tag.AsSpan(4));
        return tag;
    }

    /// <summary>An IPv4 or IPv6 packet, as the addresses say.</summary>
    public static byte[] Ip(string source, string destination, byte protocol, ReadOnlySpan<byte> payload)
    {
        var (from, to) = (IPAddress.Parse(source), IPAddress.Parse(destination));
        return from.GetAddressBytes().Length == 4 ? IPv4(from, to, protocol, payload) : IPv6(from, to, protocol, payload);
    }

    /// <summary>One fragment of an IPv4 datagram; <paramref name="offset"/> in bytes.</summary>
    public static byte[] IPv4Fragment(string source, string destination, byte protocol, ushort id, int offset, bool hasMore, ReadOnlySpan<byte> piece)
    {
        var packet = IPv4(IPAddress.Parse(source), IPAddress.Parse(destination), protocol, piece);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), id);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), (ushort)((offset / 8) | (hasMore ? 0x2000 : 0)));
        return packet;
    }

    public static byte[] Udp(ushort source, ushort destination, ReadOnlySpan<byte> payload)
    {
        var datagram = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, source);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), destination);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        payload.CopyTo(datagram.AsSpan(8));
        return datagram;
    }

    /// <summary>A segment; with a <paramref name="windowShift"/> of at least 0 it carries that option (RFC 7323).</summary>
    public static byte[] Tcp(
        ushort source, ushort destination, uint sequence, uint acknowledgment, byte flags, ReadOnlySpan<byte> payload, ushort window = 65535, int windowShift = -1)
    {
        var headerLength = windowShift < 0 ? 20 : 24;
        var segment = new byte[headerLength + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, source);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), destination);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), acknowledgment);
        segment[12] = (byte)(headerLength / 4 << 4);
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), window);
        if (windowShift >= 0)
        {
            ((ReadOnlySpan<byte>)[1, 3, 3, (byte)windowShift]).CopyTo(segment.AsSpan(20));
        }

        payload.CopyTo(segment.AsSpan(headerLength));
        return segment;
    }

    private static byte[] IPv4(IPAddress source, IPAddress destination, byte protocol, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[20 + payload.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = protocol;
        source.GetAddressBytes().CopyTo(packet, 12);
        destination.GetAddressBytes().CopyTo(packet, 16);
        payload.CopyTo(packet.AsSpan(20));
        return packet;
    }

    private static byte[] IPv6(IPAddress source, IPAddress destination, byte nextHeader, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[40 + payload.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
        packet[6] = nextHeader;
        packet[7] = 64;
        source.GetAddressBytes().CopyTo(packet, 8);
        destination.GetAddressBytes().CopyTo(packet, 24);
        payload.CopyTo(packet.AsSpan(40));
        return packet;
    }
}
