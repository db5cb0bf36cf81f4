using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>Decides by its first bytes what a flow speaks, and brings its data to the parser that reads it.</summary>
internal sealed class ApplicationLayer(Observations observations) : IStreamReader
{
    private readonly ProtocolSet _protocols = new();

    /// <summary>Takes one datagram.</summary>
    public void ReadDatagram(Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (flow.App == AppProtocol.Unknown)
        {
            flow.App = ProtocolSet.ProbeDatagram(data, flow);
            if (flow.App != AppProtocol.Failed)
            {
                flow.Parser = _protocols.Take(flow.App);
            }
        }

        flow.Parser?.ReadDatagram(observations, flow, direction, data);
    }

    /// <summary>The flow is over.</summary>
    public void Finish(Flow flow)
    {
        if (flow.Parser is { } parser)
        {
            flow.Parser = null;
            parser.Finish(observations, flow);
            _protocols.Return(parser);
        }
    }

    /// <inheritdoc/>
    public int Read(Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        if (flow.App == AppProtocol.Unknown)
        {
            switch (ProtocolSet.ProbeStream(data, direction, flow, out var protocol))
            {
                case Probe.NeedMore:
                    return 0;
                case Probe.Yes:
                    flow.App = protocol;
                    flow.Parser = _protocols.Take(protocol);
                    break;
                default:
                    flow.App = AppProtocol.Failed;
                    return -1;
            }
        }

        var taken = flow.Parser is { } parser ? parser.Read(observations, flow, direction, data, ref wanted) : -1;
        if (taken < 0)
        {
            Finish(flow);
        }

        return taken;
    }

    /// <inheritdoc/>
    public bool Skip(Flow flow, Direction direction, uint length)
    {
        var goesOn = flow.Parser?.Skip(observations, flow, direction, length) ?? false;
        if (!goesOn)
        {
            flow.App = flow.App == AppProtocol.Unknown ? AppProtocol.Failed : flow.App;
            Finish(flow);
        }

        return goesOn;
    }

    /// <inheritdoc/>
    public void End(Flow flow, Direction direction, ReadOnlySpan<byte> unread) =>
        flow.Parser?.End(observations, flow, direction, unread);
}
