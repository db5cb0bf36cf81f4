using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Brings the bytes of connections to their reader, who is found by the first of them, and keeps what it did not take.</summary>
internal sealed class StreamDelivery(StreamOptions options, SegmentPool pool, StreamCounters counters, IStreamReader reader)
{
    /// <summary>Hands on the next bytes of one direction.</summary>
    public void HandOn(Flow flow, TcpConnection connection, Direction direction, ReadOnlySpan<byte> data)
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
        counters.ReadersGivenUp++;
        connection.IsIgnored = true;
        ReleaseAll(connection);
    }

    private void ReleaseAll(TcpConnection connection)
    {
        pool.Release(connection[Direction.ToServer]);
        pool.Release(connection[Direction.ToClient]);
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
            if (pool.Rent(Math.Max(needed, half.Wanted)) is not { } larger)
            {
                return false;
            }

            half.Unread.AsSpan(0, half.UnreadLength).CopyTo(larger);
            pool.Return(half.Unread);
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
            pool.ReleaseUnread(half);
        }
        else if (taken > 0)
        {
            half.Unread.AsSpan(taken, half.UnreadLength).CopyTo(half.Unread);
        }
    }
}
