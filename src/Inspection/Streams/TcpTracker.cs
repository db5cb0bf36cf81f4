using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>
/// Follows connections: handshake, data in order, end. Bytes go to the reader the moment they are in order; nothing waits for
/// an acknowledgment, because inline the verdict must come before the receiver sees them.
/// </summary>
internal sealed class TcpTracker(StreamOptions options, IStreamReader reader)
{
    private readonly Stack<TcpConnection> _free = new();
    private readonly StreamReassembler _reassembler = new(options, reader);

    public StreamCounters Counters => _reassembler.Counters;

    /// <summary>Bytes that wait, now and at the highest.</summary>
    public (long Now, long Peak) Bytes => _reassembler.Bytes;

    /// <summary>True if the packet opens a new connection between the endpoints of one that the flow already holds.</summary>
    public static bool IsNewConnection(Flow flow, scoped in Packet packet) =>
        flow.Tcp is { } connection
        && (packet.Flags & (TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst)) == TcpFlags.Syn
        && connection.State is TcpState.Closed or TcpState.Untracked;

    /// <summary>Takes one packet of a TCP flow.</summary>
    public FlowClass Process(Flow flow, scoped in Packet packet, Direction direction)
    {
        var connection = flow.Tcp ??= Open(flow, packet, ref direction);
        var own = connection[direction];
        if ((packet.Flags & TcpFlags.Rst) != 0)
        {
            Reset(connection, own, connection[Opposite(direction)], packet);
        }
        else if (connection.State != TcpState.Untracked)
        {
            if ((packet.Flags & TcpFlags.Syn) != 0)
            {
                Synchronize(connection, own, packet, direction);
            }

            Follow(flow, connection, own, packet, direction);
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

    private static void Synchronize(TcpConnection connection, StreamHalf own, scoped in Packet packet, Direction direction)
    {
        // A repeated SYN may carry another number as long as nothing was built on the first.
        if (connection.State is TcpState.Established or TcpState.Closed)
        {
            return;
        }

        own.IsOpen = true;
        own.Next = packet.Sequence + 1;
        if (direction == Direction.ToServer)
        {
            connection.State = TcpState.SynSent;
        }
        else
        {
            connection.State = TcpState.SynReceived;
        }
    }

    private void Follow(Flow flow, TcpConnection connection, StreamHalf own, scoped in Packet packet, Direction direction)
    {
        var hasAck = (packet.Flags & TcpFlags.Ack) != 0;
        if (hasAck)
        {
            Acknowledge(connection[Opposite(direction)], packet.Acknowledgment);
            if (connection.State is TcpState.SynSent or TcpState.SynReceived && (packet.Flags & TcpFlags.Syn) == 0 && IsAgreed(connection))
            {
                connection.State = TcpState.Established;
            }
        }

        var isSyn = (packet.Flags & TcpFlags.Syn) != 0;
        if (options.Midstream && !own.IsOpen && (!packet.Payload.IsEmpty || (packet.Flags & TcpFlags.Fin) != 0))
        {
            // Its SYN was not seen: what the receiver last acknowledged, or this packet itself, tells where the stream is.
            own.IsOpen = true;
            own.Next = own.IsAcknowledged && Distance(packet.Sequence, own.Acknowledged) is > 0 and < 65536 ? own.Acknowledged : packet.Sequence;
        }

        if ((packet.Flags & TcpFlags.Fin) != 0 && !own.HasFin)
        {
            own.HasFin = true;
            own.Fin = packet.Sequence + (uint)packet.Payload.Length + (isSyn ? 1u : 0);
        }

        // Data in a SYN is TCP Fast Open (RFC 7413); any other before the connection stands belongs to none.
        if (own.IsOpen && (connection.State == TcpState.Established || isSyn))
        {
            _reassembler.Add(flow, connection, direction, isSyn ? packet.Sequence + 1 : packet.Sequence, packet.Payload);
            if (connection[Direction.ToServer].IsEnded && connection[Direction.ToClient].IsEnded)
            {
                connection.State = TcpState.Closed;
            }
        }
    }

    /// <summary>
    /// Only a connection whose two SYNs were seen, in whatever order, is one: what a single side claims may be made up. Where
    /// the other side takes another way, mid-stream pick-up is the choice.
    /// </summary>
    private bool IsAgreed(TcpConnection connection) =>
        options.Midstream || (connection[Direction.ToServer].IsOpen && connection[Direction.ToClient].IsOpen);

    private static void Acknowledge(StreamHalf half, uint acknowledgment)
    {
        if (!half.IsAcknowledged || Distance(acknowledgment, half.Acknowledged) > 0)
        {
            half.IsAcknowledged = true;
            half.Acknowledged = acknowledgment;
        }
    }

    /// <summary>
    /// RFC 5961, 3.2: a reset counts if its number is where the stream is or, since the engine may lag behind the receiver,
    /// within the window after it. A refused connection is reset with the number 0 and an acknowledgment of the SYN.
    /// </summary>
    private void Reset(TcpConnection connection, StreamHalf own, StreamHalf other, scoped in Packet packet)
    {
        const int LargestUnscaledWindow = 65535;
        var isAnswerToSyn = !own.IsOpen && other.IsOpen && (packet.Flags & TcpFlags.Ack) != 0 && packet.Acknowledgment == other.Next;
        var isInWindow = own.IsOpen && Distance(packet.Sequence, own.Next) is >= -1 and <= LargestUnscaledWindow;
        if (isAnswerToSyn || isInWindow || connection.State is TcpState.Untracked)
        {
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
