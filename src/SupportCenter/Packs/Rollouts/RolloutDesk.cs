using MediaSecurityLite.SupportCenter.Packs.Library;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>What operators do with rollouts.</summary>
internal sealed class RolloutDesk(CenterDb db, TimeProvider time)
{
    /// <summary>Starts the rollout of an imported version; one of the same pack that is not through yet gives way.</summary>
    public async Task<(Rollout? Rollout, ReleaseRefusal? Refusal)> ReleaseAsync(string pack, string version, string channel, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var baseline = await DetectionRates.BaselineAsync(db, now, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var stored = await db.Packs.AsNoTracking().FirstOrDefaultAsync(known => known.Name == pack && known.Version == version, cancellationToken);
        if (stored is null)
        {
            return (null, ReleaseRefusal.NotImported);
        }

        if (stored.Expires <= now)
        {
            return (null, ReleaseRefusal.Expired);
        }

        var earlier = await db.Rollouts
            .Where(rollout => rollout.Channel == channel && rollout.Pack == pack)
            .ToListAsync(cancellationToken);
        var wanted = Number(version);
        if (earlier.Any(rollout => Number(rollout.Version).CompareTo(wanted) >= 0))
        {
            return (null, ReleaseRefusal.NotNewer);
        }

        foreach (var rollout in earlier)
        {
            rollout.TryTake(RolloutStep.Replace, now);
        }

        var released = Rollout.Release(channel, stored, baseline, now);
        db.Rollouts.Add(released);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (released, null);
    }

    /// <returns>The rollout, and whether the step was possible; null if there is no such rollout.</returns>
    public async Task<(Rollout Rollout, bool Taken)?> TakeAsync(long id, RolloutStep step, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rollout = await db.Rollouts.FirstOrDefaultAsync(known => known.Id == id, cancellationToken);
        if (rollout is null)
        {
            return null;
        }

        var taken = rollout.TryTake(step, time.GetUtcNow());
        if (taken && step == RolloutStep.Stop)
        {
            rollout.StopCause = RolloutStop.Operator;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (rollout, taken);
    }

    private static PackVersionNumber Number(string version) => PackVersionNumber.TryParse(version, out var number) ? number : default;
}
