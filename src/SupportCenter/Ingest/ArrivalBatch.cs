using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Packs;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>Writes arrivals with all that follows from them (events, incidents, mails, the fleet's state) in one transaction.</summary>
internal sealed class ArrivalBatch(IDbContextFactory<CenterDb> databases, WriteTurn turn, IncidentBook book, Liveness liveness, TimeProvider time)
{
    public async Task<BatchResult> WriteAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        using var mine = await turn.TakeAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var gateways = await GatewaysOfAsync(db, arrivals, cancellationToken);
        var known = await KnownEventsAsync(db, arrivals, cancellationToken);
        var page = await book.OpenAsync(db, KeysOf(arrivals), now, cancellationToken);

        var outcomes = new IngestOutcome[arrivals.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = gateways.TryGetValue(arrivals[i].GatewayId, out var gateway)
                ? Apply(db, arrivals[i], gateway, known, page, now)
                : IngestOutcome.Refused;
        }

        await db.SaveChangesAsync(cancellationToken);
        var mailsQueued = await page.QueueMailsAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new BatchResult(outcomes, mailsQueued);
    }

    /// <summary>What is put aside in place of an event that the database refuses; null for what is no event.</summary>
    public static DeadArrival? Refused(Arrival arrival) => arrival switch
    {
        DetectionArrival detection => Refused(
            detection, EventTypes.Detection, JsonSerializer.SerializeToUtf8Bytes(detection.Envelope, ContractsJson.Default.CloudEventDetectionEvent)),
        UpdateArrival update => Refused(
            update, EventTypes.Patterns, JsonSerializer.SerializeToUtf8Bytes(update.Envelope, ContractsJson.Default.CloudEventPatternsEvent)),
        _ => null,
    };

    private static DeadArrival Refused(Arrival arrival, string type, byte[] payload)
    {
        var id = GatewayId.Parse(arrival.GatewayId);
        var kept = payload.AsSpan(0, Math.Min(payload.Length, DeadLetter.MaxPayloadLength)).ToArray();
        return new DeadArrival(id, Topics.Event(id, type), DeadLetterReason.NotStorable, kept, payload.Length);
    }

    private IngestOutcome Apply(
        CenterDb db, Arrival arrival, FleetMember gateway, HashSet<(string, Guid)> known, IncidentPage page, DateTimeOffset now)
    {
        var alive = arrival is not PresenceArrival { Online: false };
        if (alive)
        {
            gateway.LastSeenAt = now;
            gateway.Connected = true;
            liveness.Seen(gateway.Id);
            page.CloseOffline(gateway);
        }

        switch (arrival)
        {
            case DetectionArrival detection:
                return Store(db, detection, gateway, known, page, now);
            case UpdateArrival update:
                return Store(db, update, gateway, known, now);
            case HeartbeatArrival heartbeat:
                Note(gateway, heartbeat.Heartbeat);
                return IngestOutcome.Stored;
            case DeadArrival dead:
                db.DeadLetters.Add(new DeadLetter
                {
                    GatewayId = dead.GatewayId,
                    Topic = dead.Topic,
                    Reason = dead.Reason,
                    ReceivedAt = now,
                    Size = dead.Size,
                    Payload = dead.Payload,
                });
                return IngestOutcome.DeadLettered;
            default:
                gateway.Connected = alive;
                return IngestOutcome.Stored;
        }
    }

    private static IngestOutcome Store(
        CenterDb db, DetectionArrival arrival, FleetMember gateway, HashSet<(string, Guid)> known, IncidentPage page, DateTimeOffset now)
    {
        var envelope = arrival.Envelope;
        if (!known.Add((gateway.Id, envelope.Id)))
        {
            return IngestOutcome.Duplicate;
        }

        var stored = new StoredEvent
        {
            EventId = envelope.Id,
            GatewayId = gateway.Id,
            Kind = envelope.Data.Kind,
            Action = envelope.Data.Action,
            OccurredAt = envelope.Time,
            ReceivedAt = now,
            Payload = JsonSerializer.Serialize(envelope.Data, ContractsJson.Default.DetectionEvent),
        };
        db.Events.Add(stored);
        if (envelope.Data.Kind == DetectionKind.CommandAndControl)
        {
            page.Record(gateway, stored, envelope.Data);
        }

        return IngestOutcome.Stored;
    }

    private static IngestOutcome Store(CenterDb db, UpdateArrival arrival, FleetMember gateway, HashSet<(string, Guid)> known, DateTimeOffset now)
    {
        var envelope = arrival.Envelope;
        if (!known.Add((gateway.Id, envelope.Id)))
        {
            return IngestOutcome.Duplicate;
        }

        db.UpdateReports.Add(new UpdateReport
        {
            EventId = envelope.Id,
            GatewayId = gateway.Id,
            Pack = envelope.Data.Pack,
            Version = envelope.Data.ToVersion,
            Step = envelope.Data.Step,
            OccurredAt = envelope.Time,
            ReceivedAt = now,
            Payload = JsonSerializer.Serialize(envelope.Data, ContractsJson.Default.PatternsEvent),
        });
        return IngestOutcome.Stored;
    }

    private static void Note(FleetMember gateway, Heartbeat heartbeat)
    {
        gateway.AgentVersion = heartbeat.AgentVersion;
        gateway.PackVersion = heartbeat.PackVersion;
        gateway.PolicyVersion = heartbeat.PolicyVersion;
        gateway.Mode = heartbeat.Mode;
        gateway.Packets = heartbeat.Packets;
        gateway.Dropped = heartbeat.Dropped;
        gateway.OutboxQueued = heartbeat.OutboxQueued;
    }

    private static async Task<Dictionary<string, FleetMember>> GatewaysOfAsync(
        CenterDb db, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var ids = arrivals.Select(arrival => arrival.GatewayId).Distinct().ToList();
        return await db.Gateways
            .Where(gateway => ids.Contains(gateway.Id) && gateway.RemovedAt == null)
            .ToDictionaryAsync(gateway => gateway.Id, cancellationToken);
    }

    private static async Task<HashSet<(string, Guid)>> KnownEventsAsync(
        CenterDb db, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var known = new HashSet<(string, Guid)>();
        var detections = arrivals.OfType<DetectionArrival>().ToList();
        if (detections.Count > 0)
        {
            var gateways = detections.Select(detection => detection.GatewayId).Distinct().ToList();
            var ids = detections.Select(detection => detection.Envelope.Id).ToList();
            await foreach (var stored in db.Events
                .Where(stored => gateways.Contains(stored.GatewayId) && ids.Contains(stored.EventId))
                .Select(stored => new { stored.GatewayId, stored.EventId })
                .AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                known.Add((stored.GatewayId, stored.EventId));
            }
        }

        var updates = arrivals.OfType<UpdateArrival>().ToList();
        if (updates.Count > 0)
        {
            var gateways = updates.Select(update => update.GatewayId).Distinct().ToList();
            var ids = updates.Select(update => update.Envelope.Id).ToList();
            await foreach (var stored in db.UpdateReports
                .Where(stored => gateways.Contains(stored.GatewayId) && ids.Contains(stored.EventId))
                .Select(stored => new { stored.GatewayId, stored.EventId })
                .AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                known.Add((stored.GatewayId, stored.EventId));
            }
        }

        return known;
    }

    private static IEnumerable<(string GatewayId, string Key)> KeysOf(IReadOnlyList<Arrival> arrivals)
    {
        foreach (var gateway in arrivals.Select(arrival => arrival.GatewayId).Distinct())
        {
            yield return (gateway, IncidentKey.Offline);
        }

        foreach (var arrival in arrivals.OfType<DetectionArrival>())
        {
            if (arrival.Envelope.Data.Kind == DetectionKind.CommandAndControl)
            {
                yield return (arrival.GatewayId, IncidentKey.Of(arrival.Envelope.Data));
            }
        }
    }
}
