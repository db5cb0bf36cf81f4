namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>
/// The outbox's books since the agent's start. They balance:
/// <c>Recovered + Made = Delivered + Dropped + Queued</c>.
/// </summary>
/// <param name="Recovered">Events that an earlier run left.</param>
/// <param name="Made">Events handed to the outbox.</param>
/// <param name="Delivered">Events the broker has acknowledged.</param>
/// <param name="Dropped">Events given up: the queue to the disk or the disk's share was full, or the broker refuses them for good.</param>
/// <param name="Queued">Events waiting now, on disk and on the way to it.</param>
internal readonly record struct OutboxCounts(long Recovered, long Made, long Delivered, long Dropped, long Queued);
