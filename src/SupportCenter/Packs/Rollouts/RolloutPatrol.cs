using MediaSecurityLite.SupportCenter.Console;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>Looks at running rollouts at regular times and lets them go on, or stops them. All it knows is in the database, so a restart loses nothing.</summary>
internal sealed partial class RolloutPatrol(
    IDbContextFactory<CenterDb> databases, WriteTurn turn, ConsoleFeed feed, PackOptions options, TimeProvider time, ILogger<RolloutPatrol> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);

    // Reports decide nothing once the rollout of their version is long over.
    private static readonly TimeSpan ReportsKept = TimeSpan.FromDays(90);

    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = TimeSpan.FromTicks(Math.Clamp(options.ObservationTime.Ticks / 10, ShortestPeriod.Ticks, LongestPeriod.Ticks));
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
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var running = await db.Rollouts.AsNoTracking().Where(rollout => rollout.State == RolloutState.Running).ToListAsync(cancellationToken);
        foreach (var rollout in running)
        {
            var now = time.GetUtcNow();
            var seen = await RolloutObserver.ObserveAsync(db, rollout, now, cancellationToken);
            var decision = RolloutJudge.Judge(rollout, seen, options, now);
            if (decision.Step is { } step)
            {
                await TakeAsync(rollout, step, decision, now, cancellationToken);
            }
        }

        await PruneAsync(db, cancellationToken);
    }

    private async Task TakeAsync(Rollout judged, RolloutStep step, RolloutDecision decision, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var mine = await turn.TakeAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rollout = await db.Rollouts.SingleAsync(known => known.Id == judged.Id, cancellationToken);

        // An operator may have been faster than our look at it.
        if (rollout.State != RolloutState.Running || rollout.StageStartedAt != judged.StageStartedAt || !rollout.TryTake(step, now))
        {
            return;
        }

        rollout.StopCause = decision.Cause;
        rollout.StopFound = decision.Found;
        rollout.StopMeasure = decision.Measure;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Changed();
        Report(rollout);
    }

    private void Report(Rollout rollout)
    {
        if (rollout.StopCause is { } cause)
        {
            Log.Stopped(_logger, rollout.Id, rollout.Pack, rollout.Version, rollout.Channel, cause, rollout.StopFound, rollout.StopMeasure);
        }
        else if (rollout.State == RolloutState.Completed)
        {
            Log.Completed(_logger, rollout.Id, rollout.Pack, rollout.Version, rollout.Channel);
        }
        else
        {
            Log.Advanced(_logger, rollout.Id, rollout.Pack, rollout.Version, rollout.Channel, rollout.Share / 100.0);
        }
    }

    private async Task PruneAsync(CenterDb db, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - ReportsKept;
        if (await db.UpdateReports.AnyAsync(report => report.ReceivedAt < before, cancellationToken))
        {
            using var mine = await turn.TakeAsync(cancellationToken);
            await db.UpdateReports.Where(report => report.ReceivedAt < before).ExecuteDeleteAsync(cancellationToken);
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

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Warning, "Rollout {Id} of {Pack} {Version} on {Channel} is stopped: {Cause}, {Found} against {Measure}; it waits for 'mslcenter admin patterns rollout resume' or 'end'")]
        public static partial void Stopped(
            ILogger logger, long id, string pack, string version, string channel, RolloutStop cause, long? found, double? measure);

        [LoggerMessage(1402, LogLevel.Information, "Rollout {Id} of {Pack} {Version} on {Channel} goes on to {Percent} % of the gateways")]
        public static partial void Advanced(ILogger logger, long id, string pack, string version, string channel, double percent);

        [LoggerMessage(1403, LogLevel.Information, "Rollout {Id} of {Pack} {Version} on {Channel} is completed")]
        public static partial void Completed(ILogger logger, long id, string pack, string version, string channel);

        [LoggerMessage(1404, LogLevel.Error, "Rollouts could not be looked at ({Fault}); trying again at the next round")]
        public static partial void CannotWalk(ILogger logger, string fault);

        [LoggerMessage(1405, LogLevel.Debug, "Rollouts are no longer watched: stopping")]
        public static partial void Ended(ILogger logger);
    }
}
