using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols;
using MediaSecurityLite.Inspection.Streams;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection;

/// <summary>
/// Frame → verdict. One inspector belongs to one thread; it does no I/O, knows no clock but the frames', and allocates nothing
/// per packet once its tables have grown.
/// </summary>
/// <remarks>Not thread-safe. All members are to be called by the thread that inspects.</remarks>
public sealed class Inspector : IFlowOwner
{
    /// <summary>Packets within packets that have flows of their own.</summary>
    private const int MaxTunnels = 3;

    /// <summary>Idle flows that one packet has to end at most: a flood ends as gradually as it came.</summary>
    private const int MaxExpiriesPerPacket = 64;

    private readonly PacketDecoder _decoder;
    private readonly FlowTable _flows;
    private readonly TcpTracker _tcp;
    private readonly ApplicationLayer _application;
    private readonly DetectorSet _detectors;
    private readonly Observations _observations;
    private readonly EveWriter? _records;
    private readonly bool _isInline;
    private long _now = long.MinValue;
    private long _packets;
    private long _bytes;
    private long _blocked;

    /// <summary>Makes an inspector.</summary>
    /// <param name="options">Bounds.</param>
    /// <param name="detections">Receives what is found.</param>
    /// <param name="records">Receives EVE records; null where none are wanted.</param>
    public Inspector(InspectorOptions options, IDetectionSink detections, IRecordOutput? records = null)
    {
        _records = records is null ? null : new EveWriter(records);
        _detectors = new DetectorSet(detections, _records);
        _observations = new Observations(_detectors, _records, new FilePool(options.Files));
        _application = new ApplicationLayer(_observations);
        _decoder = new PacketDecoder(options.Fragments);
        _flows = new FlowTable(options.Flows, this);
        _isInline = options.IsInline;
        _tcp = new TcpTracker(_isInline ? options.Streams with { Midstream = true } : options.Streams, _application, _isInline);
    }

    /// <summary>What detectors know. May be replaced between any two packets.</summary>
    public DetectionSnapshot Snapshot
    {
        get => _detectors.Snapshot;
        set => _detectors.Snapshot = value;
    }

    /// <summary>What happened so far.</summary>
    public InspectionCounters Counters => new()
    {
        Packets = _packets,
        Bytes = _bytes,
        Flows = _flows.Opened,
        ActiveFlows = _flows.Count,
        EvictedFlows = _flows.Evicted,
        Detections = _detectors.Count,
        Blocked = _blocked,
        DecodeEvents = _decoder.Events.ToArray(),
        EvictedDatagrams = _decoder.LostDatagrams.Evicted,
        ExpiredDatagrams = _decoder.LostDatagrams.Expired,
        MalformedMessages = _observations.Malformed,
        StreamBytes = _tcp.Bytes.Now + _decoder.FragmentBytes,
        Streams = _tcp.Counters,
    };

    /// <summary>Inspects one frame: decode → flow → stream → protocol → detect → verdict.</summary>
    public Verdict Inspect(in Frame frame)
    {
        _packets++;
        _bytes += frame.Bytes.Length;
        Advance(frame.Timestamp, MaxExpiriesPerPacket);

        var verdict = Verdict.Pass;
        var packet = new Packet { Timestamp = frame.Timestamp, FrameLength = frame.Bytes.Length };
        var bytes = frame.Bytes;
        var link = frame.Link;
        for (var tunnels = 0; tunnels < MaxTunnels; tunnels++)
        {
            if (_decoder.Decode(bytes, link, ref packet) != DecodeEvent.None)
            {
                break;
            }

            var flow = FindFlow(packet, out var direction);
            if (flow.BlockedBy is null)
            {
                Follow(flow, packet, direction);
            }
            else
            {
                _flows.Touch(flow, flow.Class);
            }

            if (flow.BlockedBy is { } detection)
            {
                verdict = new Verdict(VerdictAction.Block, detection) { IsDecided = true };
                ApplicationLayer.Unblock(flow);
                break;
            }

            bytes = packet.Inner;
            link = packet.InnerLink;
            if (bytes.IsEmpty)
            {
                verdict = new Verdict(VerdictAction.Accept, null) { IsDecided = ApplicationLayer.IsSettled(flow) };
                Forget(flow, verdict);
                break;
            }
        }

        _blocked += verdict.Action == VerdictAction.Block ? 1 : 0;
        return verdict;
    }

    /// <summary>Lets time pass without a frame, so that idle flows end on a quiet line.</summary>
    /// <param name="now">Nanoseconds since 1970-01-01 UTC; time never runs backwards here.</param>
    public void Advance(long now) => Advance(now, int.MaxValue);

    /// <summary>Ends all flows and hands on all records.</summary>
    public void Finish()
    {
        _flows.CloseAll();
        _decoder.Clear();
        _records?.Flush();
    }

    /// <summary>Hands on the records that are finished.</summary>
    public void FlushRecords() => _records?.Flush();

    void IFlowOwner.FlowEnded(Flow flow, FlowEnd reason)
    {
        _tcp.Flush(flow);
        _application.Finish(flow);
        _records?.Flow(flow, reason);
        _tcp.Release(flow);
    }

    private void Advance(long now, int maxExpiries)
    {
        _now = Math.Max(_now, now);
        _observations.Now = now;
        _flows.Expire(_now, maxExpiries);
    }

    private Flow FindFlow(scoped in Packet packet, out Direction direction)
    {
        var flow = _flows.GetOrOpen(packet, out direction, out var isNew);
        if (!isNew && packet.IsTcp && _tcp.IsNewConnection(flow, packet))
        {
            flow = _flows.Reopen(flow, packet);
            direction = Direction.ToServer;
            isNew = true;
        }

        flow.Count(packet, direction);
        if (isNew)
        {
            _detectors.OnFlow(flow, packet.Timestamp);
        }

        return flow;
    }

    /// <summary>Inline, a decided flow does not come again; should it, it is looked at anew.</summary>
    private void Forget(Flow flow, Verdict verdict)
    {
        if (_isInline && verdict.IsDecided)
        {
            _flows.Forget(flow);
        }
    }

    private void Follow(Flow flow, scoped in Packet packet, Direction direction)
    {
        var kind = flow.IsAnswered ? FlowClass.Datagram : FlowClass.New;
        if (packet.IsTcp)
        {
            kind = _tcp.Process(flow, packet, direction);
        }
        else if (packet.IsUdp && !packet.Payload.IsEmpty)
        {
            _application.ReadDatagram(flow, direction, packet.Payload);
        }

        _flows.Touch(flow, kind);
    }
}
