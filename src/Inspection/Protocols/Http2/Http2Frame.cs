using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>Frame types (RFC 9113, 6) that are read; all others are passed over.</summary>
internal enum Http2FrameType : byte
{
    Data = 0,
    Headers = 1,
    ResetStream = 3,
    Settings = 4,
    PushPromise = 5,
    Continuation = 9,
}

/// <summary>
/// What every frame starts with (RFC 9113, 4.1):
/// <code>
/// | length 24 | type 8 | flags 8 | R 1 stream 31 |
/// </code>
/// </summary>
internal readonly record struct Http2Frame(int Length, Http2FrameType Type, byte Flags, uint Stream)
{
    public const int HeaderLength = 9;

    private const byte EndStream = 0x01;
    private const byte EndHeaders = 0x04;
    private const byte Padded = 0x08;
    private const byte Priority = 0x20;

    public bool IsEndOfStream => (Flags & EndStream) != 0;

    public bool IsEndOfHeaders => (Flags & EndHeaders) != 0;

    public bool IsPadded => (Flags & Padded) != 0;

    public bool HasPriority => (Flags & Priority) != 0;

    /// <remarks><paramref name="bytes"/>: at least <see cref="HeaderLength"/> of them.</remarks>
    public static Http2Frame Read(ReadOnlySpan<byte> bytes) => new(
        (bytes[0] << 16) | (bytes[1] << 8) | bytes[2],
        (Http2FrameType)bytes[3],
        bytes[4],
        BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]) & 0x7FFF_FFFF);

    /// <summary>Takes padding and priority off the payload of a HEADERS or PUSH_PROMISE frame (RFC 9113, 6.2 and 6.6).</summary>
    public bool TryUnwrap(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> block)
    {
        const int PriorityLength = 5;
        var padding = 0;
        block = payload;
        if (IsPadded)
        {
            if (payload.IsEmpty)
            {
                return false;
            }

            padding = payload[0];
            block = payload[1..];
        }

        var skipped = Type == Http2FrameType.Headers && HasPriority ? PriorityLength : 0;
        if (skipped + padding > block.Length)
        {
            return false;
        }

        block = block[skipped..^padding];
        return true;
    }
}
