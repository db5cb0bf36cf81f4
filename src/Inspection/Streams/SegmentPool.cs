using System.Buffers;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Lends the memory that streams wait in, and keeps account of it.</summary>
internal sealed class SegmentPool(long maxBytes)
{
    private Segment? _free;

    /// <summary>Bytes lent.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes lent, at the highest.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Times the bound stood in the way.</summary>
    public long Refused { get; private set; }

    /// <returns>Null if the bound is reached.</returns>
    public Segment? TakeSegment(uint sequence, ReadOnlySpan<byte> bytes)
    {
        if (Rent(bytes.Length) is not { } memory)
        {
            return null;
        }

        var segment = _free ?? new Segment();
        _free = segment.Next;
        segment.Sequence = sequence;
        segment.Length = bytes.Length;
        segment.Bytes = memory;
        segment.Next = null;
        bytes.CopyTo(memory);
        return segment;
    }

    public void Return(Segment segment)
    {
        Return(segment.Bytes);
        segment.Bytes = [];
        segment.Next = _free;
        _free = segment;
    }

    /// <returns>Null if the bound is reached.</returns>
    public byte[]? Rent(int length)
    {
        if (Bytes + length > maxBytes)
        {
            Refused++;
            return null;
        }

        var memory = ArrayPool<byte>.Shared.Rent(length);
        Bytes += memory.Length;
        PeakBytes = Math.Max(PeakBytes, Bytes);
        return memory;
    }

    public void Return(byte[] memory)
    {
        if (memory.Length > 0)
        {
            Bytes -= memory.Length;
            ArrayPool<byte>.Shared.Return(memory);
        }
    }
}
