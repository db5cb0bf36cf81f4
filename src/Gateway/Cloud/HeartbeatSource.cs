using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>Sends the sign of life: once at connect, then at the set interval. Only the newest matters, so none is stored.</summary>
internal sealed class HeartbeatSource(GatewaySettings settings, GatewayStatus status, CloudMessages messages, TimeProvider time)
{
    public async Task RunAsync(CloudConnection connection, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(settings.Cloud.HeartbeatInterval, time);
        do
        {
            await connection.PublishAsync(messages.Heartbeat(Current()), cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private PackInForce InForce(PackStatus pack) => new()
    {
        Name = pack.Name!,
        Version = pack.Version ?? "",
        AgeSeconds = (long)(time.GetUtcNow() - pack.Created.GetValueOrDefault()).TotalSeconds,
    };

    private Heartbeat Current()
    {
        var now = status.Read();
        return new Heartbeat
        {
            AgentVersion = now.Version,
            StartedAt = now.StartedAt,
            IntervalSeconds = (int)settings.Cloud.HeartbeatInterval.TotalSeconds,
            Mode = now.Mode,
            PackVersion = now.PackVersion,
            Packs = [.. now.Packs.Where(pack => pack.Name is not null).Select(InForce)],
            PolicyVersion = now.PolicyVersion,
            Packets = now.Packets,
            Dropped = now.Dropped,
            ActiveFlows = now.ActiveFlows,
            Detections = now.Detections,
            OutboxQueued = now.OutboxQueued,
            OutboxDropped = now.OutboxDropped,
        };
    }
}
