using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Dns;
using MediaSecurityLite.Inspection.Protocols.Recognition;
using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>Decides by its first bytes what a flow speaks, and brings its data to the parser that reads it.</summary>
internal sealed class ApplicationLayer(Observations observations) : IStreamReader
{
    private readonly ProtocolSet _protocols = new();

    /// <summary>Takes one datagram.</summary>
    public void ReadDatagram(Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (flow.App == AppProtocol.Unknown && !IsExpected(flow, direction))
        {
            RecognizeDatagram(flow, direction, data);
        }

        if (flow.App != AppProtocol.Dns && DnsProbe.IsDisguised(data, flow))
        {
            HandOver(flow, AppProtocol.Dns);
        }

        flow.Parser?.ReadDatagram(observations, flow, direction, data);
    }

    /// <summary>The flow is over.</summary>
    public void Finish(Flow flow)
    {
        if (flow.App == AppProtocol.Unknown && (flow.ProbedToServer + flow.ProbedToClient > 0 || flow.OriginalApp != AppProtocol.Unknown))
        {
            GiveUp(flow);
        }

        if (flow.Parser is { } parser)
        {
            flow.Parser = null;
            parser.Finish(observations, flow);
            _protocols.Return(parser);
        }
    }

    /// <summary>Nothing that the flow may still say can be held against it.</summary>
    public static bool IsSettled(Flow flow)
    {
        if (DnsProbe.MayTurn(flow))
        {
            return false;
        }

        if (flow.Parser is { } parser)
        {
            return parser.IsSettled || flow.Tcp is { IsIgnored: true };
        }

        if (flow.Tcp is { } connection)
        {
            return connection.IsIgnored || connection.State == TcpState.Untracked;
        }

        return flow.Protocol != IpProtocol.Udp || flow.App != AppProtocol.Unknown || flow.ProbedToServer >= ProtocolSet.MaxProbedDatagrams;
    }

    /// <summary>A question to a DNS server is blocked by itself: the next one, of another program perhaps, may be harmless.</summary>
    public static void Unblock(Flow flow)
    {
        if (flow is { App: AppProtocol.Dns, Protocol: IpProtocol.Udp })
        {
            flow.BlockedBy = null;
        }
    }

    /// <inheritdoc/>
    public Probe Recognize(Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (IsExpected(flow, direction))
        {
            return Probe.Yes;
        }

        var connection = flow.Tcp!;
        if (!connection[direction].IsUnrecognized)
        {
            var answer = DispatchTable.Stream(data, direction, flow, out var protocol);
            if (answer == Probe.Yes)
            {
                flow.App = protocol;
                flow.Parser = _protocols.Take(protocol);
                return Probe.Yes;
            }

            connection[direction].IsUnrecognized = answer == Probe.No;
        }

        var isHopeless = connection[Direction.ToServer].IsUnrecognized && connection[Direction.ToClient].IsUnrecognized;
        if (isHopeless || data.Length >= ProtocolSet.MaxProbeBytes)
        {
            GiveUp(flow);
            return Probe.No;
        }

        return Probe.NeedMore;
    }

    /// <inheritdoc/>
    public int Read(Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        if (flow.Parser is not { } parser)
        {
            return -1;
        }

        var taken = parser.Read(observations, flow, direction, data, ref wanted);
        if (taken < 0)
        {
            Finish(flow);
        }
        else if (parser.IsHandingOver)
        {
            HandOver(flow, parser.Successor);
            if (flow.Parser is not null && taken < data.Length)
            {
                var more = Read(flow, direction, data[taken..], ref wanted);
                taken = more < 0 ? more : taken + more;
            }
        }

        return taken;
    }

    /// <summary>What follows is another protocol, agreed upon or to be recognised anew.</summary>
    private void HandOver(Flow flow, AppProtocol successor)
    {
        Finish(flow);
        flow.OriginalApp = flow.OriginalApp == AppProtocol.Unknown && flow.App != AppProtocol.Failed ? flow.App : flow.OriginalApp;
        flow.App = successor;
        flow.Parser = successor == AppProtocol.Unknown ? null : _protocols.Take(successor);
        if (flow.Tcp is { } connection)
        {
            connection[Direction.ToServer].IsUnrecognized = connection[Direction.ToClient].IsUnrecognized = false;
        }
    }

    /// <inheritdoc/>
    public bool IsOtherDue(Flow flow) => flow.Parser is { IsOtherDue: true };

    /// <inheritdoc/>
    public bool Skip(Flow flow, Direction direction, uint length)
    {
        var goesOn = flow.Parser?.Skip(observations, flow, direction, length) ?? false;
        if (!goesOn)
        {
            if (flow.App == AppProtocol.Unknown)
            {
                GiveUp(flow);
            }

            Finish(flow);
        }

        return goesOn;
    }

    /// <inheritdoc/>
    public void End(Flow flow, Direction direction, ReadOnlySpan<byte> unread) =>
        flow.Parser?.End(observations, flow, direction, unread);

    /// <summary>Another flow may have announced this one.</summary>
    private bool IsExpected(Flow flow, Direction direction)
    {
        if (!observations.Expected.TryTake(flow, direction, observations.Now, out var expectation))
        {
            return false;
        }

        flow.App = expectation.Protocol;
        flow.Parser = _protocols.Take(flow.App);
        flow.Parser?.Accept(expectation);
        return true;
    }

    /// <summary>Looks at the first few datagrams of each direction; a flow is given up when both have shown enough.</summary>
    private void RecognizeDatagram(Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        ref var probed = ref flow.ProbedDatagrams(direction);
        if (probed == ProtocolSet.MaxProbedDatagrams)
        {
            return;
        }

        probed++;
        flow.App = DispatchTable.Datagram(data, direction, flow);
        if (flow.App != AppProtocol.Unknown)
        {
            flow.Parser = _protocols.Take(flow.App);
        }
        else if (flow.ProbedToServer + flow.ProbedToClient == 2 * ProtocolSet.MaxProbedDatagrams)
        {
            GiveUp(flow);
        }
    }

    /// <summary>Nothing is recognised. A flow whose first protocol handed over to an unknown one stays with the first.</summary>
    private static void GiveUp(Flow flow)
    {
        (flow.App, flow.OriginalApp) = flow.OriginalApp == AppProtocol.Unknown
            ? (AppProtocol.Failed, AppProtocol.Unknown)
            : (flow.OriginalApp, AppProtocol.Unknown);
    }
}
