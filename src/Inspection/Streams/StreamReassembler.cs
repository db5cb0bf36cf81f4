using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols;
using static MediaSecurityLite.Inspection.Streams.TcpTracker;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Brings the segments of a stream into order. Where segments overlap, the bytes that came first stay.</summary>
internal sealed class StreamReassembler(StreamOptions options, IStreamReader reader)
{
    private readonly SegmentPool _pool = new(options.MaxBytes);

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

        EndIfComplete(flow, direction, half);
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

        if (!half.IsEnded && half.IsOpen && !connection.IsIgnored)
        {
            half.IsEnded = true;
            reader.End(flow, direction, half.Unread.AsSpan(0, half.UnreadLength));
        }

        Release(half);
    }

    /// <summary>Nobody reads: only keep the place, so that resets and the end are still judged rightly.</summary>
    private static void Advance(StreamHalf half, uint sequence, int length)
    {
        var end = sequence + (uint)length;
        if (Distance(end, half.Next) > 0)
        {
            half.Next = end;
        }

        half.IsEnded |= half.HasFin && Distance(half.Next, half.Fin) >= 0;
    }

    /// <summary>Cuts off what was handed on already. False if nothing is left, or the segment is out of all bounds.</summary>
    private bool TrimStart(StreamHalf half, ref uint sequence, ref ReadOnlySpan<byte> data)
    {
        var ahead = Distance(sequence, half.Next);
        if (ahead >= 0)
        {
            if (ahead <= options.MaxOutOfOrderBytes)
            {
                return true;
            }

            Counters.OutOfWindow++;
            return false;
        }

        if (ahead + (long)data.Length <= 0)
        {
            Counters.Retransmissions++;
            return false;
        }

        data = data[-ahead..];
        sequence = half.Next;
        return true;
    }

    private void TakeInOrder(Flow flow, TcpConnection connection, Direction direction, ReadOnlySpan<byte> data)
    {
        var half = connection[direction];
        if (half.Waiting is { } first && Distance(first.Sequence, half.Next) < data.Length)
        {
            // Part of it is held already: the held bytes came first and stay.
            Keep(half, half.Next, data);
            return;
        }

        half.Next += (uint)data.Length;
        HandOn(flow, connection, direction, data);
    }

    /// <summary>Stores those parts of a segment that fall into holes.</summary>
    private void Keep(StreamHalf half, uint sequence, ReadOnlySpan<byte> data)
    {
        Counters.OutOfOrder++;
        ref var link = ref half.Waiting;
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

            CountConflict(link!, sequence, data);
            var held = Math.Min(Distance(link!.End, sequence), data.Length);
            sequence += (uint)held;
            data = data[held..];
            link = ref link.Next;
        }
    }

    private bool Store(StreamHalf half, ref Segment? link, uint sequence, ReadOnlySpan<byte> data)
    {
        if (half.WaitingBytes + data.Length > options.MaxOutOfOrderBytes || _pool.TakeSegment(sequence, data) is not { } segment)
        {
            Counters.NotKept++;
            return false;
        }

        half.WaitingBytes += data.Length;
        segment.Next = link;
        link = segment;
        return true;
    }

    private void CountConflict(Segment held, uint sequence, ReadOnlySpan<byte> data)
    {
        var offset = Distance(sequence, held.Sequence);
        var length = Math.Min(held.Length - offset, data.Length);
        if (!held.Bytes.AsSpan(offset, length).SequenceEqual(data[..length]))
        {
            Counters.Conflicts++;
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

            half.Waiting = segment.Next;
            half.WaitingBytes -= segment.Length;
            half.Next = segment.End;
            if (!connection.IsIgnored)
            {
                HandOn(flow, connection, direction, segment.Bytes.AsSpan(0, segment.Length));
            }

            _pool.Return(segment);
        }
    }

    private void SkipTo(Flow flow, TcpConnection connection, Direction direction, uint sequence)
    {
        var half = connection[direction];
        var length = sequence - half.Next;
        half.Next = sequence;
        Counters.Gaps++;
        ReleaseUnread(half);
        if (!connection.IsIgnored && !reader.Skip(flow, direction, length))
        {
            connection.IsIgnored = true;
        }
    }

    private void HandOn(Flow flow, TcpConnection connection, Direction direction, ReadOnlySpan<byte> data)
    {
        HandOnOne(flow, connection, direction, data);
        var left = int.MaxValue;
        while (!connection.IsIgnored && reader.IsOtherDue(flow))
        {
            // One side waited for the other. The turns end at the latest when two of them have taken nothing.
            var unread = connection[Direction.ToServer].UnreadLength + connection[Direction.ToClient].UnreadLength;
            if (unread >= left && direction == Direction.ToServer)
            {
                return;
            }

            left = direction == Direction.ToServer ? unread : left;
            direction = direction == Direction.ToServer ? Direction.ToClient : Direction.ToServer;
            connection[direction].Wanted = 0;
            HandOnOne(flow, connection, direction, default);
        }
    }

    private void HandOnOne(Flow flow, TcpConnection connection, Direction direction, ReadOnlySpan<byte> data)
    {
        var half = connection[direction];
        var isBuffered = half.UnreadLength > 0;
        if (isBuffered)
        {
            if (!Append(half, data))
            {
                GiveUp(connection);
                return;
            }

            data = half.Unread.AsSpan(0, half.UnreadLength);
            if (data.Length < half.Wanted)
            {
                return;
            }
        }

        var taken = Read(flow, connection, direction, data);
        if (connection.IsIgnored)
        {
            ReleaseAll(connection);
        }
        else if (isBuffered)
        {
            RemoveTaken(half, taken);
        }
        else if (taken < data.Length && !Append(half, data[taken..]))
        {
            GiveUp(connection);
        }
    }

    /// <summary>Lets the reader take what it can. A reader that ends its protocol (STARTTLS, CONNECT) leaves the rest to the next.</summary>
    private int Read(Flow flow, TcpConnection connection, Direction direction, ReadOnlySpan<byte> data)
    {
        var half = connection[direction];
        var taken = 0;
        do
        {
            half.Wanted = 0;
            if (flow.App == AppProtocol.Unknown && !Recognize(flow, connection, direction, data[taken..]))
            {
                break;
            }

            var step = connection.IsIgnored ? -1 : reader.Read(flow, direction, data[taken..], ref half.Wanted);
            connection.IsIgnored |= step < 0;
            taken += Math.Max(step, 0);
        }
        while (flow.App == AppProtocol.Unknown && taken < data.Length && !connection.IsIgnored);
        return taken;
    }

    /// <returns>True once the protocol is known. What the other direction said before is read first, for it came first.</returns>
    private bool Recognize(Flow flow, TcpConnection connection, Direction direction, ReadOnlySpan<byte> data)
    {
        var answer = reader.Recognize(flow, direction, data);
        connection.IsIgnored |= answer == Probe.No;
        var other = direction == Direction.ToServer ? Direction.ToClient : Direction.ToServer;
        if (answer == Probe.Yes && connection[other].UnreadLength > 0)
        {
            HandOnOne(flow, connection, other, default);
        }

        return answer == Probe.Yes;
    }

    private void GiveUp(TcpConnection connection)
    {
        Counters.ReadersGivenUp++;
        connection.IsIgnored = true;
        ReleaseAll(connection);
    }

    private void ReleaseAll(TcpConnection connection)
    {
        Release(connection[Direction.ToServer]);
        Release(connection[Direction.ToClient]);
    }

    private bool Append(StreamHalf half, ReadOnlySpan<byte> data)
    {
        var needed = half.UnreadLength + data.Length;
        if (needed > options.MaxUnreadBytes)
        {
            return false;
        }

        if (needed > half.Unread.Length)
        {
            if (_pool.Rent(Math.Max(needed, half.Wanted)) is not { } larger)
            {
                return false;
            }

            half.Unread.AsSpan(0, half.UnreadLength).CopyTo(larger);
            _pool.Return(half.Unread);
            half.Unread = larger;
        }

        data.CopyTo(half.Unread.AsSpan(half.UnreadLength));
        half.UnreadLength = needed;
        return true;
    }

    private void RemoveTaken(StreamHalf half, int taken)
    {
        half.UnreadLength -= taken;
        if (half.UnreadLength == 0)
        {
            ReleaseUnread(half);
        }
        else if (taken > 0)
        {
            half.Unread.AsSpan(taken, half.UnreadLength).CopyTo(half.Unread);
        }
    }

    private void EndIfComplete(Flow flow, Direction direction, StreamHalf half)
    {
        if (!half.IsEnded && half.HasFin && Distance(half.Next, half.Fin) >= 0)
        {
            half.IsEnded = true;
            if (flow.Tcp is { IsIgnored: false })
            {
                reader.End(flow, direction, half.Unread.AsSpan(0, half.UnreadLength));
            }

            Release(half);
        }
    }

    private void Release(StreamHalf half)
    {
        ReleaseUnread(half);
        while (half.Waiting is { } segment)
        {
            half.Waiting = segment.Next;
            _pool.Return(segment);
        }

        half.WaitingBytes = 0;
    }

    private void ReleaseUnread(StreamHalf half)
    {
        _pool.Return(half.Unread);
        half.Unread = [];
        half.UnreadLength = 0;
        half.Wanted = 0;
    }
}
