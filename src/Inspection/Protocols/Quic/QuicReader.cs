using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>A cursor over a packet: bytes, and integers of variable length (RFC 9000, section 16).</summary>
internal ref struct QuicReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position >= _data.Length;

    public readonly ReadOnlySpan<byte> Rest => _data[Position..];

    public bool TryReadByte(out byte value)
    {
        value = 0;
        if (IsAtEnd)
        {
            return false;
        }

        value = _data[Position++];
        return true;
    }

    public bool TryReadUInt32(out uint value) => BinaryPrimitives.TryReadUInt32BigEndian(Rest, out value) && TrySkip(4);

    /// <summary>The two highest bits of the first byte tell the length: 1, 2, 4 or 8 bytes.</summary>
    public bool TryReadInteger(out ulong value)
    {
        value = 0;
        if (IsAtEnd)
        {
            return false;
        }

        var first = _data[Position];
        var length = 1 << (first >> 6);
        if (Rest.Length < length)
        {
            return false;
        }

        value = first & 0x3Fu;
        for (var i = 1; i < length; i++)
        {
            value = (value << 8) | _data[Position + i];
        }

        Position += length;
        return true;
    }

    public bool TryRead(ulong length, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (length > (ulong)Rest.Length)
        {
            return false;
        }

        value = Rest[..(int)length];
        Position += (int)length;
        return true;
    }

    public bool TrySkip(ulong length) => TryRead(length, out _);

    /// <summary>Passes over a run of one value.</summary>
    public void SkipAll(byte value)
    {
        var other = Rest.IndexOfAnyExcept(value);
        Position = other < 0 ? _data.Length : Position + other;
    }
}
