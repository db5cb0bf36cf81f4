using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Packs.Announcing;

/// <summary>What is on offer, as the rollouts stand.</summary>
internal static class Announcements
{
    /// <summary>Of each pack of a channel: the version that is rolled out, with its share, and the last one that became everybody's.</summary>
    public static async Task<PackAnnouncement> ReadAsync(CenterDb db, string channel, int rootVersion, string baseUrl, CancellationToken cancellationToken)
    {
        var offered = await db.Rollouts
            .AsNoTracking()
            .Where(rollout => rollout.Channel == channel && (rollout.State == RolloutState.Running || rollout.State == RolloutState.Completed))
            .OrderBy(rollout => rollout.Pack)
            .ThenBy(rollout => rollout.Id)
            .ToListAsync(cancellationToken);
        var completed = offered.Where(rollout => rollout.State == RolloutState.Completed).GroupBy(rollout => rollout.Pack).Select(pack => pack.Last());
        var running = offered.Where(rollout => rollout.State == RolloutState.Running);
        return new PackAnnouncement
        {
            Packs = [.. completed.Concat(running).Select(rollout => new AnnouncedPack(rollout.Pack, rollout.Version, rollout.ManifestSha256, rollout.Share))],
            RootVersion = rootVersion,
            Base = baseUrl,
        };
    }
}
