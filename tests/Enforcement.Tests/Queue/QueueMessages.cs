using System.Buffers.Binary;
using MediaSecurityLite.Enforcement.Queue;

namespace MediaSecurityLite.Enforcement.Tests.Queue;

/// <summary>Messages as the kernel sends them, written by hand: nlmsghdr, nfgenmsg, attributes.</summary>
internal static class QueueMessages
{
    public static byte[] Packet(uint id, uint mark, byte[] mac, byte[] payload) => Message(
        Netlink.Packet,
        Attribute(1, [.. Big(id), 0x08, 0x00, 2]),
        Attribute(3, Big(mark)),
        Attribute(9, [0, 6, 0, 0, .. mac, 0, 0]),
        Attribute(10, payload));

    public static byte[] Message(ushort type, params byte[][] attributes)
    {
        byte[] content = [2, 0, 0, 77, .. attributes.SelectMany(attribute => attribute)];
        return [.. BitConverter.GetBytes(16 + content.Length), .. BitConverter.GetBytes(type), 0, 0, .. new byte[8], .. content];
    }

    public static byte[] Attribute(ushort type, byte[] value) =>
        [.. BitConverter.GetBytes((ushort)(4 + value.Length)), .. BitConverter.GetBytes(type), .. value, .. new byte[-value.Length & 3]];

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
