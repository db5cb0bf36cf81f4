using System.Text.Json;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Tests;

/// <summary>What gateways say in the tests.</summary>
internal static class Messages
{
    public static readonly DateTimeOffset Noon = new(2026, 4, 1, 3, 0, 0, TimeSpan.Zero);

    public static DetectionEvent Detection(
        DetectionKind kind = DetectionKind.CommandAndControl,
        DetectionAction action = DetectionAction.Detected,
        string terminal = "192.168.1.23",
        string? host = "c2.bad.example",
        string? name = "emotet",
        DateTimeOffset? seen = null) => new()
        {
            Kind = kind,
            Action = action,
            Terminal = terminal,
            Remote = "203.0.113.7",
            RemotePort = 443,
            Protocol = "TCP",
            Host = host,
            Name = name,
            Rule = "bad.example",
            RuleSource = "starter",
            FirstSeen = seen ?? Noon,
            LastSeen = seen ?? Noon,
        };

    public static CloudEvent<DetectionEvent> Event(string gateway, DetectionEvent detection, Guid? id = null) =>
        Envelope(gateway, EventTypes.Detection, detection, id);

    public static CloudEvent<PatternsEvent> Update(string gateway, PatternsEvent report, Guid? id = null) =>
        Envelope(gateway, EventTypes.Patterns, report, id);

    public static CloudEvent<Heartbeat> Heartbeat(string gateway) => Envelope(gateway, EventTypes.Heartbeat, new Heartbeat
    {
        AgentVersion = "0.1.0",
        StartedAt = Noon,
        IntervalSeconds = 60,
        Mode = "monitor",
        PackVersion = "2026.04.01",
        PolicyVersion = 0,
        Packets = 10,
        Dropped = 0,
        ActiveFlows = 1,
        Detections = 0,
        OutboxQueued = 0,
        OutboxDropped = 0,
    });

    public static CloudEvent<Presence> Presence(string gateway, bool online) =>
        Envelope(gateway, EventTypes.Presence, new Presence { Online = online });

    public static byte[] Bytes(CloudEvent<DetectionEvent> envelope) =>
        JsonSerializer.SerializeToUtf8Bytes(envelope, ContractsJson.Default.CloudEventDetectionEvent);

    public static byte[] Bytes(CloudEvent<PatternsEvent> envelope) =>
        JsonSerializer.SerializeToUtf8Bytes(envelope, ContractsJson.Default.CloudEventPatternsEvent);

    public static byte[] Bytes(CloudEvent<Heartbeat> envelope) =>
        JsonSerializer.SerializeToUtf8Bytes(envelope, ContractsJson.Default.CloudEventHeartbeat);

    public static byte[] Bytes(CloudEvent<Presence> envelope) =>
        JsonSerializer.SerializeToUtf8Bytes(envelope, ContractsJson.Default.CloudEventPresence);

    public static string DetectionTopic(string gateway) => Topics.Event(GatewayId.Parse(gateway), EventTypes.Detection);

    public static string UpdateTopic(string gateway) => Topics.Event(GatewayId.Parse(gateway), EventTypes.Patterns);

    private static CloudEvent<T> Envelope<T>(string gateway, string type, T data, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(Noon),
        Source = $"/gateways/{gateway}",
        Type = EventTypes.Prefix + type,
        Time = Noon,
        Data = data,
    };
}
