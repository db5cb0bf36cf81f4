using MediaSecurityLite.SupportCenter.Console;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Fleet;

/// <summary>Walks round at regular times: who has fallen silent, which incidents have gone quiet, what is kept too long.</summary>
internal sealed partial class FleetPatrol(
    IDbContextFactory<CenterDb> databases, WriteTurn turn, IncidentBook book, Liveness liveness, MailSignal mails, ConsoleFeed feed,
    FleetOptions fleet, IncidentOptions incidents, TimeProvider time, ILogger<FleetPatrol> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ILogger _logger = logger;

    /// <summary>Sessions of an earlier run of the centre are gone; those who still live connect again.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Gateways
            .Where(gateway => gateway.Connected)
            .ExecuteUpdateAsync(gateway => gateway.SetProperty(g => g.Connected, false), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A tenth of the silence keeps the notice within 10 % of what was promised.
        var period = TimeSpan.FromTicks(Math.Clamp(fleet.OfflineAfter.Ticks / 10, ShortestPeriod.Ticks, LongestPeriod.Ticks));
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryWalkAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.Ended(_logger);
        }
    }

    /// <summary>One round.</summary>
    public async Task WalkAsync(CancellationToken cancellationToken)
    {
        using var mine = await turn.TakeAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var silent = await SilentAsync(db, cancellationToken);
        var page = await book.OpenAsync(db, silent.Select(gateway => (gateway.Id, IncidentKey.Offline)), now, cancellationToken);
        foreach (var gateway in silent)
        {
            page.OpenOffline(gateway);
        }

        await CloseQuietAsync(db, now, cancellationToken);
        await DeadLetters.PruneAsync(db, cancellationToken);
        var changes = await db.SaveChangesAsync(cancellationToken);
        var mailsQueued = await page.QueueMailsAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (changes > 0)
        {
            feed.Changed();
        }

        if (mailsQueued)
        {
            mails.Set();
        }
    }

    private async Task TryWalkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WalkAsync(cancellationToken);
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            Log.CannotWalk(_logger, (exception.InnerException ?? exception).Message);
        }
    }

    /// <summary>Gateways that have spoken once and are silent for too long; one that was never plugged in is not missed.</summary>
    private async Task<List<FleetMember>> SilentAsync(CenterDb db, CancellationToken cancellationToken)
    {
        var members = await db.Gateways
            .Where(gateway => gateway.RemovedAt == null && gateway.LastSeenAt != null)
            .Where(gateway => !db.Incidents.Any(incident =>
                incident.GatewayId == gateway.Id && incident.Kind == IncidentKind.Offline && incident.ClosedAt == null))
            .ToListAsync(cancellationToken);
        return members.FindAll(gateway => liveness.SilenceOf(gateway.Id) >= fleet.OfflineAfter);
    }

    private async Task CloseQuietAsync(CenterDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - incidents.QuietAfter;
        var quiet = await db.Incidents
            .Where(incident => incident.Kind == IncidentKind.CommandAndControl && incident.ClosedAt == null && incident.LastReceivedAt <= before)
            .ToListAsync(cancellationToken);
        foreach (var incident in quiet)
        {
            incident.ClosedAt = now;
            incident.Closing = IncidentClosing.Quiet;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Error, "The fleet could not be looked over ({Fault}); trying again at the next round")]
        public static partial void CannotWalk(ILogger logger, string fault);

        [LoggerMessage(1102, LogLevel.Debug, "The fleet is no longer watched: stopping")]
        public static partial void Ended(ILogger logger);
    }
}
