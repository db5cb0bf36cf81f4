using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Streams;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about flows and about detections in them.</content>
internal sealed partial class EveWriter
{
    public void Flow(Flow flow, FlowEnd reason)
    {
        Begin("flow"u8, flow, flow.LastSeen);
        AppProto(flow);
        if (flow.Application is { } app)
        {
            Field(",\"app\":"u8, app);
        }
        else
        {
            OptionalField(",\"app\":"u8, AppProtocolNames.Application(flow.App));
        }

        Field(",\"flow\":{\"pkts_toserver\":"u8, flow.PacketsToServer);
        Field(",\"pkts_toclient\":"u8, flow.PacketsToClient);
        Field(",\"bytes_toserver\":"u8, flow.BytesToServer);
        Field(",\"bytes_toclient\":"u8, flow.BytesToClient);
        _json.Raw(",\"start\":"u8);
        Timestamp(flow.Started);
        _json.Raw(",\"end\":"u8);
        Timestamp(flow.LastSeen);
        Field(",\"age\":"u8, (flow.LastSeen - flow.Started) / 1_000_000_000);
        Field(",\"state\":"u8, State(flow));
        Field(",\"reason\":"u8, reason switch
        {
            FlowEnd.Timeout => "timeout"u8,
            FlowEnd.Shutdown => "shutdown"u8,
            FlowEnd.Reused => "tcp_reuse"u8,
            _ => "forced"u8,
        });
        _json.Raw(flow.Alerts > 0 ? ",\"alerted\":true}"u8 : ",\"alerted\":false}"u8);
        if (flow.Protocol == IpProtocol.Tcp)
        {
            _json.Raw(",\"tcp\":{\"tcp_flags_ts\":\""u8);
            _json.Hex([(byte)flow.FlagsToServer]);
            _json.Raw("\",\"tcp_flags_tc\":\""u8);
            _json.Hex([(byte)flow.FlagsToClient]);
            _json.Raw("\"}"u8);
        }

        End();
    }

    public void Alert(Flow flow, Detection detection)
    {
        Begin("alert"u8, flow, detection.Timestamp);
        AppProto(flow);
        var isBlock = detection.Action == VerdictAction.Block;
        Field(",\"alert\":{\"action\":"u8, isBlock ? "blocked"u8 : "allowed"u8);
        Field(",\"signature\":"u8, Signature(detection));
        Field(",\"category\":"u8, Category(detection.Kind));
        Field(",\"severity\":"u8, detection.Kind is DetectionKind.CommandAndControl or DetectionKind.Malware ? 1 : 3);
        Field("},\"verdict\":{\"action\":"u8, isBlock ? "drop"u8 : "alert"u8);
        Field(",\"reason\":"u8, Category(detection.Kind));
        Field(",\"rule\":"u8, detection.Rule);
        Field(",\"source\":"u8, detection.RuleSource);
        Field(",\"pack\":"u8, detection.PackVersion);
        if (detection.Name is { } name)
        {
            Field(",\"name\":"u8, name);
        }

        if (detection.Host is { } host)
        {
            Field(",\"host\":"u8, host);
        }

        _json.Raw("}"u8);
        End();
    }

    private void AppProto(Flow flow)
    {
        var name = AppProtocolNames.Of(flow.App);
        if (!name.IsEmpty)
        {
            Field(",\"app_proto\":"u8, name);
        }

        OptionalField(",\"app_proto_orig\":"u8, AppProtocolNames.Of(flow.OriginalApp));
    }

    private static string Signature(Detection detection) => $"{detection.Kind} {detection.Name ?? "policy"}: {detection.Rule}";

    private static ReadOnlySpan<byte> Category(DetectionKind kind) => kind switch
    {
        DetectionKind.CommandAndControl => "command-and-control"u8,
        DetectionKind.Malware => "malware"u8,
        DetectionKind.Url => "url"u8,
        DetectionKind.Category => "category"u8,
        _ => "application"u8,
    };

    private static ReadOnlySpan<byte> State(Flow flow) => flow.Tcp?.State switch
    {
        TcpState.Closed => "closed"u8,
        TcpState.Established => "established"u8,
        null when flow.Protocol != IpProtocol.Tcp && flow.IsAnswered => "established"u8,
        _ => "new"u8,
    };
}
