using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Outbox;

namespace MediaSecurityLite.Gateway.Tests.Outbox;

/// <summary>Events with a recognisable rule, so that a test can say which one arrived.</summary>
internal static class TestEvents
{
    public static readonly GatewayId Gateway = GatewayId.Parse("test-gateway");

    public static readonly DateTimeOffset Start = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    public static OutboundEvent Make(string rule, Urgency urgency = Urgency.Notice) =>
        new OutboundEvent<DetectionEvent>(
            EventTypes.Detection,
            urgency,
            Start,
            new DetectionEvent
            {
                Kind = DetectionKind.Url,
                Action = DetectionAction.Detected,
                Terminal = "192.0.2.10",
                Remote = "198.51.100.1",
                RemotePort = 443,
                Protocol = "TCP",
                Rule = rule,
                RuleSource = "policy",
                FirstSeen = Start,
                LastSeen = Start,
            },
            ContractsJson.Default.CloudEventDetectionEvent);

    public static CloudEvent<DetectionEvent> Read(byte[] payload) =>
        System.Text.Json.JsonSerializer.Deserialize(payload, ContractsJson.Default.CloudEventDetectionEvent)!;

    public static IReadOnlyList<string> Rules(IEnumerable<StoredEvent> events) =>
        [.. events.Select(item => Read(item.Payload).Data.Rule)];
}
