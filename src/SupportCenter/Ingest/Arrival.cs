using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>Something a gateway said, read and waiting for its commit.</summary>
internal abstract class Arrival(GatewayId gateway)
{
    private readonly TaskCompletionSource<IngestOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string GatewayId { get; } = gateway.ToString();

    /// <summary>Completes after the commit.</summary>
    public Task<IngestOutcome> Outcome => _outcome.Task;

    public void Complete(IngestOutcome outcome) => _outcome.TrySetResult(outcome);
}

internal sealed class DetectionArrival(GatewayId gateway, CloudEvent<DetectionEvent> envelope) : Arrival(gateway)
{
    public CloudEvent<DetectionEvent> Envelope { get; } = envelope;
}

internal sealed class UpdateArrival(GatewayId gateway, CloudEvent<PatternsEvent> envelope) : Arrival(gateway)
{
    public CloudEvent<PatternsEvent> Envelope { get; } = envelope;
}

internal sealed class HeartbeatArrival(GatewayId gateway, Heartbeat heartbeat) : Arrival(gateway)
{
    public Heartbeat Heartbeat { get; } = heartbeat;
}

/// <summary>The gateway's session with the broker began or ended.</summary>
internal sealed class PresenceArrival(GatewayId gateway, bool online) : Arrival(gateway)
{
    public bool Online { get; } = online;
}

internal sealed class DeadArrival(GatewayId gateway, string topic, DeadLetterReason reason, byte[] payload, long size) : Arrival(gateway)
{
    public string Topic { get; } = topic;

    public DeadLetterReason Reason { get; } = reason;

    /// <summary>At most <see cref="DeadLetter.MaxPayloadLength"/> bytes of it.</summary>
    public byte[] Payload { get; } = payload;

    public long Size { get; } = size;
}
