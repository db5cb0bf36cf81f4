using MediaSecurityLite.Inspection.Flows;
using static MediaSecurityLite.Inspection.Streams.TcpTracker;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Brings the segments of a stream into order. Where segments that wait overlap, <see cref="StreamOptions.Overlap"/> decides.</summary>
internal sealed class StreamReassembler
{
    private readonly StreamOptions _options;
    private readonly IStreamReader _reader;
    private readonly SegmentPool _pool;
    private readonly StreamDelivery _delivery;

    public StreamReassembler(StreamOptions options, IStreamReader reader)
    {
        (_options, _reader) = (options, reader);
        _pool = new SegmentPool(options.MaxBytes);
        _delivery = new StreamDelivery(options, _pool, Counters, reader);
    }

    public StreamCounters Counters { get; } = new();

    public (long Now, long Peak) Bytes => (_pool.Bytes, _pool.PeakBytes);

    /// <summary>Takes the payload of one packet, which may be empty: an acknowledgment or a FIN can free what waits.</summary>
    public void Add(Flow flow, TcpConnection connection, Direction direction, uint sequence, ReadOnlySpan<byte> data)
    {
        var half = connection[direction];
        if (connection.IsIgnored)
        {
            Advance(half, sequence, data.Length);
            return;
        }

        if (!data.IsEmpty && TrimStart(half, ref sequence, ref data))
        {
            if (sequence == half.Next)
            {
                TakeInOrder(flow, connection, direction, data);
            }
            else
            {
                Keep(half, sequence, data);
            }
        }

        if (half.Waiting is not null)
        {
            DrainWaiting(flow, connection, direction);
        }

        if (half is { IsEnded: false, HasFin: true } && Distance(half.Next, half.Fin) >= 0)
        {
            half.IsEnded = true;
            End(flow, connection, direction);
        }
    }

    /// <summary>
    /// Tells the reader of the end of a direction that has <see cref="StreamHalf.IsEnded"/>, if it is sure: a FIN that the other
    /// side does not acknowledge may never have come there, and more may follow in its place.
    /// </summary>
    public void End(Flow flow, TcpConnection connection, Direction direction)
    {
        var half = connection[direction];
        var isSure = connection.State == TcpState.Closed || (half.IsAcknowledged && Distance(half.Acknowledged, half.Fin) > 0);
        if (half.IsEndTold || !isSure)
        {
            return;
        }

        half.IsEndTold = true;
        if (!connection.IsIgnored)
        {
            _reader.End(flow, direction, half.UnreadBytes);
        }

        _pool.Release(half);
    }

    /// <summary>Hands on whatever still waits, holes or not, and gives all memory back.</summary>
    public void Flush(Flow flow, TcpConnection connection)
    {
        FlushHalf(flow, connection, Direction.ToServer);
        FlushHalf(flow, connection, Direction.ToClient);
    }

    private void FlushHalf(Flow flow, TcpConnection connection, Direction direction)
    {
        var half = connection[direction];
        while (half.Waiting is { } segment && !connection.IsIgnored)
        {
            SkipTo(flow, connection, direction, segment.Sequence);
            DrainWaiting(flow, connection, direction);
        }

        if (!half.IsEndTold && half.IsOpen && !connection.IsIgnored)
        {
            half.IsEnded = half.IsEndTold = true;
            _reader.End(flow, direction, half.UnreadBytes);
        }

        _pool.Release(half);
    }

    /// <summary>Nobody reads: only keep the place, so that resets and the end are still judged rightly.</summary>
    private void Advance(StreamHalf half, uint sequence, int length)
    {
        var end = sequence + (uint)length;
        if (Distance(end, half.Next) > 0 && Distance(sequence, half.Next) <= _options.MaxOutOfOrderBytes)
        {
            half.Next = half.Highest = end;
        }

        half.IsEnded |= half.HasFin && Distance(half.Next, half.Fin) >= 0;
    }

    /// <summary>
    /// Cuts off what was handed on already. False if nothing is left, or the segment lies where the receiver takes nothing: beyond
    /// the window that it offered (RFC 9293, 3.10.7.4). What is next in order is always taken, for an offer may have been missed.
    /// </summary>
    private bool TrimStart(StreamHalf half, ref uint sequence, ref ReadOnlySpan<byte> data)
    {
        var ahead = Distance(sequence, half.Next);
        if (ahead >= 0)
        {
            if (ahead > _options.MaxOutOfOrderBytes || (ahead > 0 && half.HasWindow && Distance(sequence, half.WindowEnd) > 0))
            {
                Counters.OutOfWindow++;
                return false;
            }

            var end = sequence + (uint)data.Length;
            half.Highest = Distance(end, half.Highest) > 0 ? end : half.Highest;
            return true;
        }

        if (ahead + (long)data.Length <= 0)
        {
            Counters.Retransmissions++;
            return false;
        }

        data = data[-ahead..];
        sequence = half.Next;
        return TrimStart(half, ref sequence, ref data);
    }

    /// <summary>Hands on the next bytes at once, and between them those that waited and came first.</summary>
    private void TakeInOrder(Flow flow, TcpConnection connection, Direction direction, ReadOnlySpan<byte> data)
    {
        var half = connection[direction];
        while (!data.IsEmpty && !connection.IsIgnored)
        {
            int length;
            if (half.Waiting is { } first && first.Sequence == half.Next)
            {
                length = Math.Min(first.Length, data.Length);
                Overlap(first.Bytes.AsSpan(0, length), data[..length]);
                HandOnFirst(flow, connection, direction, first);
            }
            else
            {
                length = half.Waiting is null ? data.Length : Math.Min(Distance(half.Waiting.Sequence, half.Next), data.Length);
                half.Next += (uint)length;
                _delivery.HandOn(flow, connection, direction, data[..length]);
            }

            data = data[length..];
        }

        if (connection.IsIgnored)
        {
            Advance(half, half.Next, data.Length);
        }
    }

    /// <summary>Stores those parts of a segment that fall into holes.</summary>
    private void Keep(StreamHalf half, uint sequence, ReadOnlySpan<byte> data)
    {
        Counters.OutOfOrder++;
        ref var link = ref half.Waiting;
        if (half.LastWaiting is { } last && Distance(sequence, last.End) >= 0)
        {
            link = ref last.Next;
        }

        while (!data.IsEmpty)
        {
            if (link is null || Distance(sequence + (uint)data.Length, link.Sequence) <= 0)
            {
                Store(half, ref link, sequence, data);
                return;
            }

            if (Distance(sequence, link.End) >= 0)
            {
                link = ref link.Next;
                continue;
            }

            var before = Distance(link.Sequence, sequence);
            if (before > 0)
            {
                if (!Store(half, ref link, sequence, data[..before]))
                {
                    return;
                }

                link = ref link!.Next;
                sequence += (uint)before;
                data = data[before..];
            }

            var held = Math.Min(Distance(link!.End, sequence), data.Length);
            Overlap(link.Bytes.AsSpan(Distance(sequence, link.Sequence), held), data[..held]);
            sequence += (uint)held;
            data = data[held..];
            link = ref link.Next;
        }
    }

    private bool Store(StreamHalf half, ref Segment? link, uint sequence, ReadOnlySpan<byte> data)
    {
        if (half.WaitingSegments >= _options.MaxOutOfOrderSegments || half.WaitingBytes + data.Length > _options.MaxOutOfOrderBytes || _pool.TakeSegment(sequence, data) is not { } segment)
        {
            Counters.NotKept++;
            return false;
        }

        half.WaitingBytes += data.Length;
        half.WaitingSegments++;
        half.LastWaiting = link is null ? segment : half.LastWaiting;
        segment.Next = link;
        link = segment;
        return true;
    }

    private void Overlap(Span<byte> held, ReadOnlySpan<byte> data)
    {
        if (held.SequenceEqual(data))
        {
            return;
        }

        Counters.Conflicts++;
        if (_options.Overlap == OverlapPolicy.Last)
        {
            data.CopyTo(held);
        }
    }

    private void DrainWaiting(Flow flow, TcpConnection connection, Direction direction)
    {
        var half = connection[direction];
        while (half.Waiting is { } segment)
        {
            if (segment.Sequence != half.Next)
            {
                // A hole. If the receiver has acknowledged what lies behind it, it has the bytes and we never will.
                if (!half.IsAcknowledged || Distance(half.Acknowledged, segment.Sequence) <= 0)
                {
                    return;
                }

                SkipTo(flow, connection, direction, segment.Sequence);
            }

            HandOnFirst(flow, connection, direction, segment);
        }
    }

    private void HandOnFirst(Flow flow, TcpConnection connection, Direction direction, Segment segment)
    {
        var half = connection[direction];
        half.Waiting = segment.Next;
        half.LastWaiting = segment.Next is null ? null : half.LastWaiting;
        half.WaitingBytes -= segment.Length;
        half.WaitingSegments--;
        half.Next = segment.End;
        if (!connection.IsIgnored)
        {
            _delivery.HandOn(flow, connection, direction, segment.Bytes.AsSpan(0, segment.Length));
        }

        _pool.Return(segment);
    }

    private void SkipTo(Flow flow, TcpConnection connection, Direction direction, uint sequence)
    {
        var half = connection[direction];
        var length = sequence - half.Next;
        half.Next = sequence;
        Counters.Gaps++;
        _pool.ReleaseUnread(half);
        if (!connection.IsIgnored && !_reader.Skip(flow, direction, length))
        {
            connection.IsIgnored = true;
        }
    }
}
