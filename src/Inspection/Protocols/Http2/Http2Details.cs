using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>What a transaction has beyond those of HTTP/1: its stream, all its headers, how it was broken off.</summary>
internal sealed class Http2Details
{
    public uint Stream { get; set; }

    public Http2HeaderLog RequestHeaders { get; } = new();

    public Http2HeaderLog ResponseHeaders { get; } = new();

    /// <summary>RFC 9113, 7; null unless the client reset the stream.</summary>
    public uint? RequestError { get; set; }

    /// <summary>RFC 9113, 7; null unless the server reset the stream.</summary>
    public uint? ResponseError { get; set; }

    public void Reset()
    {
        Stream = 0;
        RequestHeaders.Clear();
        ResponseHeaders.Clear();
        RequestError = ResponseError = null;
    }

    /// <summary>RFC 9113, 7; empty for a code without a name.</summary>
    public static ReadOnlySpan<byte> ErrorName(uint code) => code switch
    {
        0x0 => "NO_ERROR"u8,
        0x1 => "PROTOCOL_ERROR"u8,
        0x2 => "INTERNAL_ERROR"u8,
        0x3 => "FLOW_CONTROL_ERROR"u8,
        0x4 => "SETTINGS_TIMEOUT"u8,
        0x5 => "STREAM_CLOSED"u8,
        0x6 => "FRAME_SIZE_ERROR"u8,
        0x7 => "REFUSED_STREAM"u8,
        0x8 => "CANCEL"u8,
        0x9 => "COMPRESSION_ERROR"u8,
        0xA => "CONNECT_ERROR"u8,
        0xB => "ENHANCE_YOUR_CALM"u8,
        0xC => "INADEQUATE_SECURITY"u8,
        0xD => "HTTP_1_1_REQUIRED"u8,
        _ => default,
    };
}

/// <summary>Header fields kept to be written; those beyond the bound are left out.</summary>
internal sealed class Http2HeaderLog
{
    private const int MaxBytes = 16 << 10;
    private const int LengthBytes = 4;

    private readonly KeptField _bytes = new(MaxBytes);

    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_bytes.Length + LengthBytes + name.Length + value.Length > MaxBytes)
        {
            return;
        }

        Span<byte> lengths = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt16BigEndian(lengths, (ushort)name.Length);
        BinaryPrimitives.WriteUInt16BigEndian(lengths[2..], (ushort)value.Length);
        _bytes.Append(lengths);
        _bytes.Append(name);
        _bytes.Append(value);
    }

    /// <summary>Reads the field at <paramref name="position"/>, 0 at first, and moves behind it.</summary>
    public bool TryRead(ref int position, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        var rest = _bytes.Value[position..];
        if (rest.IsEmpty)
        {
            return false;
        }

        int nameLength = BinaryPrimitives.ReadUInt16BigEndian(rest);
        int valueLength = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        name = rest.Slice(LengthBytes, nameLength);
        value = rest.Slice(LengthBytes + nameLength, valueLength);
        position += LengthBytes + nameLength + valueLength;
        return true;
    }

    public void Clear() => _bytes.Clear();
}
