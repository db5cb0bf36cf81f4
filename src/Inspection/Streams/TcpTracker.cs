using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>
/// Follows connections: handshake, data in order, end. Bytes go to the reader the moment they are in order; nothing waits for
/// an acknowledgment, because inline the verdict must come before the receiver sees them.
/// </summary>
internal sealed class TcpTracker(StreamOptions options, IStreamReader reader, bool isOneSided = false)
{
    private readonly Stack<TcpConnection> _free = new();
    private readonly StreamReassembler _reassembler = new(options, reader);

    public StreamCounters Counters => _reassembler.Counters;

    /// <summary>Bytes that wait, now and at the highest.</summary>
    public (long Now, long Peak) Bytes => _reassembler.Bytes;

    /// <summary>True if the packet opens a new connection between the endpoints of one that the flow already holds.</summary>
    /// <remarks>Who shows only what clients send shows a SYN only where the kernel knows no connection: it ends whatever was there.</remarks>
    public bool IsNewConnection(Flow flow, scoped in Packet packet) =>
        flow.Tcp is { } connection
        && (packet.Flags & (TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst)) == TcpFlags.Syn
        && (connection.State is TcpState.Closed or TcpState.Untracked || (isOneSided && connection.State == TcpState.Established));

    /// <summary>Takes one packet of a TCP flow.</summary>
    public FlowClass Process(Flow flow, scoped in Packet packet, Direction direction)
    {
        var connection = flow.Tcp ??= Open(flow, packet, ref direction);
        if ((packet.Flags & TcpFlags.Rst) != 0)
        {
            Reset(connection, packet, direction);
        }
        else if (connection.State != TcpState.Untracked)
        {
            Resume(connection, packet, direction);
            if ((packet.Flags & TcpFlags.Syn) == 0 || Synchronize(connection, packet, direction))
            {
                Follow(flow, connection, packet, direction);
            }
        }

        return connection.State switch
        {
            TcpState.Established or TcpState.Untracked when flow.IsAnswered => FlowClass.Established,
            TcpState.Closed => FlowClass.Closed,
            _ => FlowClass.New,
        };
    }

    /// <summary>The flow ends: what its streams still hold goes to the reader.</summary>
    public void Flush(Flow flow)
    {
        if (flow.Tcp is { } connection)
        {
            _reassembler.Flush(flow, connection);
        }
    }

    /// <summary>The flow is over: its connection is free for another one.</summary>
    public void Release(Flow flow)
    {
        if (flow.Tcp is not { } connection)
        {
            return;
        }

        connection.Reset();
        flow.Tcp = null;
        _free.Push(connection);
    }

    private TcpConnection Open(Flow flow, scoped in Packet packet, ref Direction direction)
    {
        var connection = _free.TryPop(out var recycled) ? recycled : new TcpConnection();
        Counters.Connections++;
        if ((packet.Flags & TcpFlags.Syn) == 0)
        {
            Counters.Midstream++;
            connection.State = options.Midstream ? TcpState.Established : TcpState.Untracked;
        }

        var isFromServer = (packet.Flags & TcpFlags.Syn) != 0
            ? (packet.Flags & TcpFlags.Ack) != 0
            : packet.SourcePort < 1024 && packet.DestinationPort >= 1024;
        if (isFromServer && flow.PacketsToClient == 0)
        {
            flow.SwapSides();
            (flow.PacketsToServer, flow.PacketsToClient) = (flow.PacketsToClient, flow.PacketsToServer);
            (flow.BytesToServer, flow.BytesToClient) = (flow.BytesToClient, flow.BytesToServer);
            (flow.FlagsToServer, flow.FlagsToClient) = (flow.FlagsToClient, flow.FlagsToServer);
            direction = Opposite(direction);
        }

        return connection;
    }

    /// <summary>
    /// An end that the receiver did not take was none, whoever made it up: the side that has reset the connection speaks again,
    /// or data goes on where its FIN was.
    /// </summary>
    private void Resume(TcpConnection connection, scoped in Packet packet, Direction direction)
    {
        var own = connection[direction];
        var isBeyondFin = own.HasFin && !packet.Payload.IsEmpty
            && Distance(packet.Sequence, own.Fin) <= 0 && Distance(packet.Sequence + (uint)packet.Payload.Length, own.Fin) > 0;
        if (isBeyondFin)
        {
            own.HasFin = own.IsEnded = own.IsEndTold = false;
        }

        if (isBeyondFin || (connection.State == TcpState.Closed && connection.ResetBy == direction))
        {
            Counters.Resumed++;
            connection.ResetBy = null;
            connection.State = own.IsOpen && connection[Opposite(direction)].IsOpen ? TcpState.Established : TcpState.SynSent;
        }
    }

    /// <returns>False for a SYN that answers another connection: the whole packet counts for nothing.</returns>
    private bool Synchronize(TcpConnection connection, scoped in Packet packet, Direction direction)
    {
        if (connection.State is TcpState.Established or TcpState.Closed)
        {
            return true;
        }

        var (own, other) = (connection[direction], connection[Opposite(direction)]);
        var isAnswer = (packet.Flags & TcpFlags.Ack) != 0 && other is { HasSyn: true, IsDoubted: false };
        if (isAnswer && (Distance(packet.Acknowledgment, other.Initial) <= 0 || Distance(packet.Acknowledgment, other.Highest) > 0))
        {
            Counters.OutOfWindow++;
            return false;
        }

        connection.State = direction == Direction.ToServer ? TcpState.SynSent : TcpState.SynReceived;
        if (own.HasSyn && own.Initial == packet.Sequence)
        {
            return true;
        }

        if (own.HasSyn)
        {
            own.IsDoubted = true;
            Counters.OtherSyn++;
        }

        own.HasSyn = true;
        own.Initial = packet.Sequence;
        own.WindowShift = packet.WindowShift;
        own.Start(packet.Sequence + 1);
        return true;
    }

    private void Follow(Flow flow, TcpConnection connection, scoped in Packet packet, Direction direction)
    {
        var (own, other) = (connection[direction], connection[Opposite(direction)]);
        var isSyn = (packet.Flags & TcpFlags.Syn) != 0;
        if ((packet.Flags & TcpFlags.Ack) != 0)
        {
            if (other.Acknowledge(packet.Acknowledgment))
            {
                OfferWindow(own, other, packet);
                if (other.IsEnded)
                {
                    _reassembler.End(flow, connection, Opposite(direction));
                }
            }
            else
            {
                Counters.OutOfWindow++;
            }

            if (connection.State is TcpState.SynSent or TcpState.SynReceived && !isSyn && IsAgreed(connection))
            {
                connection.State = TcpState.Established;
            }
        }

        if (options.Midstream && !own.IsOpen && (!packet.Payload.IsEmpty || (packet.Flags & TcpFlags.Fin) != 0))
        {
            // Its SYN was not seen: what the receiver last acknowledged, or this packet itself, tells where the stream is.
            own.Start(own.IsAcknowledged && Distance(packet.Sequence, own.Acknowledged) is > 0 and < 65536 ? own.Acknowledged : packet.Sequence);
        }

        if ((packet.Flags & TcpFlags.Fin) != 0 && !own.HasFin)
        {
            Finish(own, packet.Sequence + (uint)packet.Payload.Length + (isSyn ? 1u : 0));
        }

        // Data in a SYN is TCP Fast Open (RFC 7413); any other before the connection stands belongs to none.
        if (own.IsOpen && (connection.State is TcpState.Established or TcpState.Closed || isSyn))
        {
            _reassembler.Add(flow, connection, direction, isSyn ? packet.Sequence + 1 : packet.Sequence, packet.Payload);
            if (own.IsEnded && other.IsEnded)
            {
                connection.State = TcpState.Closed;
                _reassembler.End(flow, connection, Direction.ToServer);
                _reassembler.End(flow, connection, Direction.ToClient);
            }
        }
    }

    /// <summary>
    /// A FIN ends the stream only at a place that the stream can still reach, or has just reached: what follows a lost FIN carries
    /// the number after it.
    /// </summary>
    private void Finish(StreamHalf own, uint fin)
    {
        if (own.IsOpen && Distance(fin, own.Next) >= -1 && Distance(fin, own.Next) <= options.MaxOutOfOrderBytes)
        {
            own.HasFin = true;
            own.Fin = fin;
        }
        else
        {
            Counters.OutOfWindow++;
        }
    }

    /// <summary>
    /// RFC 7323, 2.3: windows are shifted once both sides have offered to, except those of SYNs. Where a SYN was not seen nothing
    /// is known.
    /// </summary>
    private static void OfferWindow(StreamHalf own, StreamHalf other, scoped in Packet packet)
    {
        if (!own.HasSyn || !other.HasSyn)
        {
            return;
        }

        var shift = (packet.Flags & TcpFlags.Syn) == 0 && own.WindowShift >= 0 && other.WindowShift >= 0 ? own.WindowShift : 0;
        var end = packet.Acknowledgment + ((uint)packet.Window << shift);
        if (!other.HasWindow || Distance(end, other.WindowEnd) > 0)
        {
            other.HasWindow = true;
            other.WindowEnd = end;
        }
    }

    /// <summary>
    /// Only a connection whose two SYNs were seen, in whatever order, is one: what a single side claims may be made up. Where
    /// the other side takes another way, mid-stream pick-up is the choice.
    /// </summary>
    private bool IsAgreed(TcpConnection connection) =>
        options.Midstream || (connection[Direction.ToServer].IsOpen && connection[Direction.ToClient].IsOpen);

    /// <summary>A refused connection is reset with any number and an acknowledgment of the SYN; all others as <see cref="StreamHalf.IsResetAt"/> says.</summary>
    private void Reset(TcpConnection connection, scoped in Packet packet, Direction direction)
    {
        var (own, other) = (connection[direction], connection[Opposite(direction)]);
        var isRefusal = !own.IsOpen && other.IsOpen && (packet.Flags & TcpFlags.Ack) != 0 && packet.Acknowledgment == other.Next;
        if (isRefusal || own.IsResetAt(packet.Sequence) || connection.State == TcpState.Untracked)
        {
            connection.ResetBy ??= connection.State == TcpState.Closed ? null : direction;
            connection.State = TcpState.Closed;
        }
        else
        {
            Counters.OutOfWindow++;
        }
    }

    private static Direction Opposite(Direction direction) =>
        direction == Direction.ToServer ? Direction.ToClient : Direction.ToServer;

    internal static int Distance(uint to, uint from) => unchecked((int)(to - from));
}
