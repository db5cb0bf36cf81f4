using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MediaSecurityLite.Enforcement.Queue;

/// <summary>Writes netlink messages one behind the other into a buffer that the caller owns.</summary>
internal ref struct NetlinkWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _message;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    public void Begin(ushort type, ushort flags, ushort queue)
    {
        _message = Length;
        Length += Netlink.HeaderLength + Netlink.GenericLength;
        var header = _buffer[_message..Length];
        header.Clear();
        MemoryMarshal.Write(header[4..], type);
        MemoryMarshal.Write(header[6..], flags);
        BinaryPrimitives.WriteUInt16BigEndian(header[(Netlink.HeaderLength + 2)..], queue);
    }

    /// <summary>Adds an attribute and gives its value's place.</summary>
    public Span<byte> Add(ushort type, int length)
    {
        var attribute = _buffer.Slice(Length, Netlink.AttributeLength + Netlink.Align(length));
        attribute.Clear();
        MemoryMarshal.Write(attribute, (ushort)(Netlink.AttributeLength + length));
        MemoryMarshal.Write(attribute[2..], type);
        Length += attribute.Length;
        return attribute.Slice(Netlink.AttributeLength, length);
    }

    public void Add(ushort type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Add(type, 4), value);

    public readonly void End() => MemoryMarshal.Write(_buffer[_message..], Length - _message);
}
