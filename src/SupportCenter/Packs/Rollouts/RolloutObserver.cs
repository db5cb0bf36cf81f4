using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>Reads out of the database what is known of a rollout.</summary>
internal static class RolloutObserver
{
    private const int FewestOthers = 10;

    private static readonly TimeSpan Reachable = TimeSpan.FromDays(1);

    public static async Task<RolloutObservation> ObserveAsync(CenterDb db, Rollout rollout, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fleet = await db.Gateways
            .Where(gateway => gateway.RemovedAt == null)
            .Select(gateway => new { gateway.Id, gateway.LastSeenAt })
            .ToListAsync(cancellationToken);
        var outcomes = await OutcomesAsync(db, rollout, cancellationToken);
        var detections = await DetectionsAsync(db, rollout, cancellationToken);

        var (participants, participantReports, others) = (0, 0, 0);
        var (detected, hours, detecting, othersDetected) = (0L, 0.0, 0, 0L);
        var elsewhere = (now - rollout.WatchedFrom).TotalHours;
        var counts = new int[3];
        foreach (var gateway in fleet)
        {
            var outcome = outcomes.GetValueOrDefault(gateway.Id);
            var reachable = now - gateway.LastSeenAt <= Reachable;
            if (reachable && PackAnnouncement.TakesPart(rollout.Pack, rollout.Version, GatewayId.Parse(gateway.Id), rollout.Share))
            {
                participants++;
                participantReports += outcome is null ? 0 : 1;
            }

            if (outcome is not null)
            {
                counts[(int)outcome.End]++;
            }

            if (outcome?.InForceSince is { } since)
            {
                var own = (now - Later(since, rollout.WatchedFrom)).TotalHours;
                var count = DetectionRates.Counted(detections.GetValueOrDefault(gateway.Id).Since, own);
                hours += own;
                detected += count;
                detecting += count > 0 ? 1 : 0;
            }
            else if (reachable)
            {
                others++;
                othersDetected += DetectionRates.Counted(detections.GetValueOrDefault(gateway.Id).All, elsewhere);
            }
        }

        // A wave that hits everybody is not the version's fault.
        var othersRate = others >= FewestOthers && elsewhere > 0 ? othersDetected / (others * elsewhere) : 0;
        return new RolloutObservation(
            participants, participantReports, counts[(int)End.Installed], counts[(int)End.RolledBack], counts[(int)End.Refused],
            detected, Math.Max(rollout.BaselineRate, othersRate) * hours, detecting);
    }

    /// <summary>How many gateways have it, refused it, went back.</summary>
    public static async Task<(int Installed, int Refused, int RolledBack)> CountAsync(CenterDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var outcomes = await OutcomesAsync(db, rollout, cancellationToken);
        return (Count(End.Installed), Count(End.Refused), Count(End.RolledBack));

        int Count(End end) => outcomes.Values.Count(outcome => outcome.End == end);
    }

    /// <summary>How the version ended on each gateway that said so. What went wrong before the watch began is forgiven; one who went back has gone back.</summary>
    private static async Task<Dictionary<string, Outcome>> OutcomesAsync(CenterDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        PatternsStep[] ends = [PatternsStep.Installed, PatternsStep.Confirmed, PatternsStep.Refused, PatternsStep.RolledBack];
        var outcomes = new Dictionary<string, Outcome>(StringComparer.Ordinal);
        var reports = db.UpdateReports
            .Where(report => report.Pack == rollout.Pack && report.Version == rollout.Version && ends.Contains(report.Step))
            .OrderBy(report => report.Id)
            .Select(report => new { report.GatewayId, report.Step, report.ReceivedAt });
        await foreach (var report in reports.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var before = outcomes.GetValueOrDefault(report.GatewayId);
            var forgiven = report.ReceivedAt < rollout.WatchedFrom;
            switch (report.Step)
            {
                case PatternsStep.RolledBack when !forgiven:
                    outcomes[report.GatewayId] = new Outcome(End.RolledBack, InForceSince: null);
                    break;
                case PatternsStep.Refused when !forgiven && before?.End != End.RolledBack:
                    outcomes[report.GatewayId] = new Outcome(End.Refused, InForceSince: null);
                    break;
                case PatternsStep.RolledBack or PatternsStep.Refused when forgiven:
                    outcomes.Remove(report.GatewayId);
                    break;
                case PatternsStep.Installed or PatternsStep.Confirmed when before is null or { End: End.Refused }:
                    outcomes[report.GatewayId] = new Outcome(End.Installed, report.ReceivedAt);
                    break;
                default:
                    break;
            }
        }

        return outcomes;
    }

    /// <summary>Each gateway's detections since the watch began, and those of them since it has the version.</summary>
    private static async Task<Dictionary<string, (int All, int Since)>> DetectionsAsync(CenterDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var recent = DetectionRates.ByPacks(db).Where(stored => stored.ReceivedAt >= rollout.WatchedFrom);
        var all = await recent
            .GroupBy(stored => stored.GatewayId)
            .Select(gateway => new { Id = gateway.Key, Count = gateway.Count() })
            .ToListAsync(cancellationToken);
        var since = await recent
            .Where(stored => db.UpdateReports.Any(report =>
                report.GatewayId == stored.GatewayId && report.Pack == rollout.Pack && report.Version == rollout.Version
                && report.Step == PatternsStep.Installed && report.ReceivedAt <= stored.ReceivedAt))
            .GroupBy(stored => stored.GatewayId)
            .Select(gateway => new { Id = gateway.Key, Count = gateway.Count() })
            .ToDictionaryAsync(gateway => gateway.Id, gateway => gateway.Count, cancellationToken);
        return all.ToDictionary(gateway => gateway.Id, gateway => (gateway.Count, since.GetValueOrDefault(gateway.Id)), StringComparer.Ordinal);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private enum End
    {
        Installed,
        RolledBack,
        Refused,
    }

    private sealed record Outcome(End End, DateTimeOffset? InForceSince);
}
