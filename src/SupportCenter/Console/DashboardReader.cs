using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Console;

/// <summary>Reads what the page shows; every list is bounded.</summary>
internal sealed class DashboardReader(IDbContextFactory<CenterDb> databases, TimeProvider time)
{
    private const int MaxGateways = 200;
    private const int MaxIncidents = 30;
    private const int MaxEvents = 25;
    private const int MaxEvidence = 10;
    private const int MaxRollouts = 5;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<DashboardView> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var now = time.GetUtcNow();
        var since = now - Day;
        var gateways = await GatewaysAsync(db, cancellationToken);
        return new DashboardView(
            now,
            [.. gateways.Take(MaxGateways)],
            gateways.Count,
            gateways.Count(gateway => gateway.State == GatewayState.Online),
            gateways.Count(gateway => gateway.State == GatewayState.Offline),
            await IncidentsAsync(db, cancellationToken),
            await db.Incidents.CountAsync(cancellationToken),
            await db.Incidents.CountAsync(incident => incident.ClosedAt == null, cancellationToken),
            await RolloutsAsync(db, cancellationToken),
            await EventsAsync(db, db.Events, MaxEvents, cancellationToken),
            await db.Events.CountAsync(stored => stored.ReceivedAt >= since, cancellationToken));
    }

    private static async Task<List<GatewayView>> GatewaysAsync(CenterDb db, CancellationToken cancellationToken)
    {
        var members = await db.Gateways.Where(gateway => gateway.RemovedAt == null).ToListAsync(cancellationToken);
        var offline = (await db.Incidents
            .Where(incident => incident.Kind == IncidentKind.Offline && incident.ClosedAt == null)
            .Select(incident => incident.GatewayId)
            .ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return [.. members
            .Select(gateway => new GatewayView(
                gateway.Id,
                gateway.Name,
                offline.Contains(gateway.Id) ? GatewayState.Offline
                    : gateway.LastSeenAt is null ? GatewayState.Waiting
                    : gateway.Connected ? GatewayState.Online
                    : GatewayState.Interrupted,
                gateway.LastSeenAt,
                gateway.AgentVersion,
                gateway.PackVersion,
                gateway.Mode))
            .OrderBy(gateway => gateway.State)
            .ThenBy(gateway => gateway.Name, StringComparer.CurrentCulture)];
    }

    private static async Task<List<IncidentView>> IncidentsAsync(CenterDb db, CancellationToken cancellationToken)
    {
        var incidents = await db.Incidents
            .Include(incident => incident.Gateway)
            .OrderBy(incident => incident.ClosedAt != null)
            .ThenByDescending(incident => incident.Id)
            .Take(MaxIncidents)
            .ToListAsync(cancellationToken);
        var ids = incidents.ConvertAll(incident => incident.Id);
        var mails = (await db.Mails
            .Where(mail => ids.Contains(mail.IncidentId))
            .Select(mail => new { mail.IncidentId, mail.CreatedAt, mail.SentAt, mail.DueAt })
            .ToListAsync(cancellationToken)).ToLookup(mail => mail.IncidentId);
        var views = new List<IncidentView>(incidents.Count);
        foreach (var incident in incidents)
        {
            var evidence = db.Events.Where(stored => stored.IncidentId == incident.Id);
            var mail = mails[incident.Id].OrderByDescending(m => m.CreatedAt).FirstOrDefault();
            views.Add(ViewOf(
                incident,
                mail is null ? null : StateOf(mail.SentAt, mail.DueAt),
                mail?.SentAt,
                await evidence.CountAsync(cancellationToken),
                await EventsAsync(db, evidence, MaxEvidence, cancellationToken)));
        }

        return views;
    }

    private static async Task<List<RolloutView>> RolloutsAsync(CenterDb db, CancellationToken cancellationToken)
    {
        // What waits for somebody first.
        var rollouts = await db.Rollouts
            .OrderByDescending(rollout => rollout.State == RolloutState.Stopped)
            .ThenByDescending(rollout => rollout.Id)
            .Take(MaxRollouts)
            .ToListAsync(cancellationToken);
        var views = new List<RolloutView>(rollouts.Count);
        foreach (var rollout in rollouts)
        {
            var (installed, refused, rolledBack) = await RolloutObserver.CountAsync(db, rollout, cancellationToken);
            views.Add(new RolloutView(
                rollout.Id,
                rollout.Pack,
                rollout.Version,
                rollout.Channel,
                rollout.State,
                rollout.Share,
                rollout.StoppedAt ?? rollout.StageStartedAt,
                installed,
                refused,
                rolledBack,
                rollout.StopCause,
                rollout.StopFound,
                rollout.StopMeasure));
        }

        return views;
    }

    private static IncidentView ViewOf(Incident incident, MailState? mail, DateTimeOffset? sentAt, int evidenceCount, IReadOnlyList<EventView> evidence) => new(
        incident.Id,
        incident.Gateway!.Name,
        incident.Kind,
        incident.Closing,
        incident.ClosedAt,
        incident.FirstSeen,
        incident.LastSeen,
        incident.Count,
        incident.Terminal,
        incident.TerminalMac,
        incident.Family,
        incident.Action,
        mail,
        sentAt,
        evidenceCount,
        evidence);

    private static MailState StateOf(DateTimeOffset? sentAt, DateTimeOffset? dueAt) =>
        sentAt is not null ? MailState.Sent : dueAt is not null ? MailState.Pending : MailState.Failed;

    private static async Task<List<EventView>> EventsAsync(CenterDb db, IQueryable<StoredEvent> source, int count, CancellationToken cancellationToken)
    {
        var rows = await source
            .OrderByDescending(stored => stored.Id)
            .Take(count)
            .Join(db.Gateways, stored => stored.GatewayId, gateway => gateway.Id, (stored, gateway) => new { stored.Id, gateway.Name, stored.OccurredAt, stored.Payload })
            .OrderByDescending(row => row.Id)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new EventView(
            row.Id, row.Name, row.OccurredAt, JsonSerializer.Deserialize(row.Payload, ContractsJson.Default.DetectionEvent)!));
    }
}
