using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Enforcement.Queue;

/// <summary>A packet that waits in the kernel for its verdict. It points into the receive buffer and lives until the next receive.</summary>
internal readonly ref struct QueuedPacket
{
    private const int EthernetLength = 14;
    private const int MacLength = 6;

    private readonly Span<byte> _frame;

    private QueuedPacket(uint id, uint mark, Span<byte> frame)
    {
        Id = id;
        Mark = mark;
        _frame = frame;
    }

    /// <summary>The kernel's number for it.</summary>
    public uint Id { get; }

    /// <summary>The mark that it carries.</summary>
    public uint Mark { get; }

    /// <summary>From the first byte of its IP header.</summary>
    public ReadOnlySpan<byte> Bytes => _frame[EthernetLength..];

    /// <summary>The packet as a frame: behind an Ethernet header that names the terminal's hardware address, so that detections can.</summary>
    public Frame At(long timestamp) => new(_frame, LinkType.Ethernet, timestamp);

    /// <summary>
    /// Reads one message of the queue. The attributes before the payload are of no more use once they are read: their place
    /// takes the frame's Ethernet header, and the packet need not be copied.
    /// </summary>
    public static bool TryRead(Span<byte> message, out QueuedPacket packet)
    {
        packet = default;
        if (message.Length < Netlink.HeaderLength + Netlink.GenericLength
            || MemoryMarshal.Read<ushort>(message[4..]) != Netlink.Packet
            || MemoryMarshal.Read<uint>(message) is var stated && (stated > message.Length || stated < Netlink.HeaderLength))
        {
            return false;
        }

        message = message[..(int)stated];
        uint? id = null;
        var mark = 0u;
        ulong mac = 0;
        for (var offset = Netlink.HeaderLength + Netlink.GenericLength; offset + Netlink.AttributeLength <= message.Length;)
        {
            int length = MemoryMarshal.Read<ushort>(message[offset..]);
            if (length < Netlink.AttributeLength || offset + length > message.Length)
            {
                return false;
            }

            var value = message[(offset + Netlink.AttributeLength)..(offset + length)];
            switch ((QueueAttribute)(MemoryMarshal.Read<ushort>(message[(offset + 2)..]) & Netlink.TypeMask))
            {
                case QueueAttribute.PacketHeader when value.Length >= 7:
                    id = BinaryPrimitives.ReadUInt32BigEndian(value);
                    break;
                case QueueAttribute.Mark when value.Length >= 4:
                    mark = BinaryPrimitives.ReadUInt32BigEndian(value);
                    break;
                case QueueAttribute.HardwareAddress when value.Length >= 12 && BinaryPrimitives.ReadUInt16BigEndian(value) == MacLength:
                    mac = BinaryPrimitives.ReadUInt64BigEndian(value[4..]) >> 16;
                    break;
                case QueueAttribute.Payload when id is { } number && !value.IsEmpty:
                    packet = new QueuedPacket(number, mark, Frame(message[(offset + Netlink.AttributeLength - EthernetLength)..(offset + length)], mac));
                    return true;
            }

            offset += Netlink.Align(length);
        }

        return false;
    }

    private static Span<byte> Frame(Span<byte> frame, ulong sourceMac)
    {
        frame[..MacLength].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(frame[MacLength..], (uint)(sourceMac >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(frame[10..], (ushort)sourceMac);
        var isV6 = frame[EthernetLength] >> 4 == 6;
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], isV6 ? (ushort)0x86DD : (ushort)0x0800);
        return frame;
    }
}
