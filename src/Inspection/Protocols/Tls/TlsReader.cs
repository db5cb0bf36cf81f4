using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>A cursor over TLS's presentation language: big-endian numbers and vectors with their length before them (RFC 8446, section 3).</summary>
internal ref struct TlsReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public bool TryReadUInt16(out ushort value)
    {
        value = 0;
        if (_rest.Length < 2)
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        _rest = _rest[2..];
        return true;
    }

    public bool TryRead(int length, out ReadOnlySpan<byte> value) => TryTake(0, length, out value);

    public bool TryReadVector8(out ReadOnlySpan<byte> value)
    {
        value = default;
        return _rest.Length >= 1 && TryTake(1, _rest[0], out value);
    }

    public bool TryReadVector16(out ReadOnlySpan<byte> value)
    {
        value = default;
        return _rest.Length >= 2 && TryTake(2, BinaryPrimitives.ReadUInt16BigEndian(_rest), out value);
    }

    public bool TryReadVector24(out ReadOnlySpan<byte> value)
    {
        value = default;
        return _rest.Length >= 3 && TryTake(3, (_rest[0] << 16) | (_rest[1] << 8) | _rest[2], out value);
    }

    private bool TryTake(int prefix, int length, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_rest.Length - prefix < length)
        {
            return false;
        }

        value = _rest.Slice(prefix, length);
        _rest = _rest[(prefix + length)..];
        return true;
    }
}
