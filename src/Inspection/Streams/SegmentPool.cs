using System.Buffers;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Lends the memory that streams wait in, and keeps account of it.</summary>
internal sealed class SegmentPool(long maxBytes)
{
    /// <summary>What a segment takes beside its bytes, so that many small ones cannot take more than the bound.</summary>
    private const int SegmentOverhead = 80;

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

        Bytes += SegmentOverhead;
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
        Bytes -= SegmentOverhead;
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

    /// <summary>Takes back everything that one direction holds.</summary>
    public void Release(StreamHalf half)
    {
        ReleaseUnread(half);
        while (half.Waiting is { } segment)
        {
            half.Waiting = segment.Next;
            Return(segment);
        }

        half.LastWaiting = null;
        half.WaitingBytes = half.WaitingSegments = 0;
    }

    /// <summary>Takes back what the reader of one direction left.</summary>
    public void ReleaseUnread(StreamHalf half)
    {
        Return(half.Unread);
        half.Unread = [];
        half.UnreadLength = 0;
        half.Wanted = 0;
    }
}
