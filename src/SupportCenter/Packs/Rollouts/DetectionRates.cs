using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>How much the fleet detects. A gateway counts up to a bound, so that a single infected office does not stand for all.</summary>
internal static class DetectionRates
{
    private const int MaxPerHour = 10;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>What a pack has part in: a customer's own URL list decides without one.</summary>
    public static IQueryable<StoredEvent> ByPacks(CenterDb db) => db.Events.Where(stored => stored.Kind != DetectionKind.Url);

    /// <summary>What counts of a gateway's detections in so many hours.</summary>
    public static long Counted(long detections, double hours) => (long)Math.Min(detections, MaxPerHour * Math.Max(1, hours));

    /// <summary>
    /// Detections a gateway makes in an hour, in the busiest hour of the day of the week before <paramref name="now"/>: offices
    /// sleep at night, and a mean over the whole day would take every morning for an outbreak.
    /// </summary>
    public static async Task<double> BaselineAsync(CenterDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Week;
        var perHour = new Dictionary<(string Gateway, long Hour), int>();
        await foreach (var stored in ByPacks(db)
            .Where(stored => stored.ReceivedAt >= since && stored.ReceivedAt < now)
            .Select(stored => new { stored.GatewayId, stored.ReceivedAt })
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var key = (stored.GatewayId, HourOf(stored.ReceivedAt));
            perHour[key] = Math.Min(MaxPerHour, perHour.GetValueOrDefault(key) + 1);
        }

        var registered = await db.Gateways
            .Where(gateway => gateway.RemovedAt == null)
            .Select(gateway => gateway.RegisteredAt)
            .ToListAsync(cancellationToken);
        var days = registered.Sum(at => Math.Min(Week.TotalDays, Math.Max(1, (now - at).TotalDays)));
        return perHour.Count == 0 || days == 0
            ? 0
            : perHour.GroupBy(hour => hour.Key.Hour % 24).Max(hour => hour.Sum(gateway => gateway.Value)) / days;
    }

    private static long HourOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;
}
