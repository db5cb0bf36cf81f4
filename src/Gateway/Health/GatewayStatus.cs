using System.Reflection;
using MediaSecurityLite.Gateway.Cloud;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>One picture of the whole agent, gathered from its parts when somebody asks.</summary>
internal sealed class GatewayStatus(
    GatewaySettings settings,
    PacketCounters packets,
    DetectionReporter detections,
    EventOutbox outbox,
    CloudState cloud,
    PatternState patterns,
    PolicyState policy,
    TimeProvider time)
{
    public static readonly string AgentVersion =
        typeof(GatewayStatus).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "0";

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _start = time.GetTimestamp();

    public StatusReport Read()
    {
        var events = outbox.Counts;
        var session = cloud.Current;
        return new StatusReport
        {
            GatewayId = settings.Gateway.GatewayId,
            Version = AgentVersion,
            Mode = settings.Gateway.Mode == GatewayMode.Monitor ? "monitor" : "inline",
            Source = settings.Gateway.Mode switch
            {
                GatewayMode.Router => "router",
                GatewayMode.Bridge => "bridge",
                _ => settings.Capture.Source,
            },
            StartedAt = _startedAt,
            UptimeSeconds = (long)time.GetElapsedTime(_start).TotalSeconds,
            Packets = packets.Packets,
            Bytes = packets.Bytes,
            Dropped = packets.Dropped,
            Blocked = packets.Blocked,
            ActiveFlows = packets.ActiveFlows,
            Detections = detections.Detections,
            OutboxMade = events.Made,
            OutboxRecovered = events.Recovered,
            OutboxDelivered = events.Delivered,
            OutboxQueued = events.Queued,
            OutboxDropped = events.Dropped,
            CloudConnected = session.Connected,
            CloudSince = session.Since,
            CloudReason = session.Reason,
            PackVersion = patterns.Version,
            Packs = patterns.Packs,
            PolicyVersion = policy.Current.Version,
            PolicyFault = policy.Fault,
        };
    }
}
