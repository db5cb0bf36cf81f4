using MediaSecurityLite.SupportCenter.Console;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;
using Polly;
using Polly.Retry;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>
/// Hands over the mails that are due. A short fault is retried on the spot; a longer one puts the mail off, ever longer,
/// until it is given up after three days.
/// </summary>
internal sealed partial class MailDispatcher(
    IDbContextFactory<CenterDb> databases, WriteTurn turn, IMailTransport transport, MailOptions options, MailSignal signal,
    ConsoleFeed feed, NotificationMetrics metrics, TimeProvider time, ILogger<MailDispatcher> logger) : BackgroundService
{
    private const int MaxRound = 20;
    private const int MaxDoublings = 6;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPostponement = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private readonly ILogger _logger = logger;

    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(exception => exception is not (MailRefusedException or OperationCanceledException)),
            MaxRetryAttempts = 2,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            UseJitter = true,
        })
        .Build();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var full = await TryDispatchAsync(stoppingToken);
                if (!full)
                {
                    await signal.WaitAsync(LongestWait, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.Ended(_logger);
        }
    }

    /// <summary>One round over what is due now.</summary>
    /// <returns>Whether there may be more due at once.</returns>
    public async Task<bool> DispatchAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = await db.Mails
            .Include(mail => mail.Incident!.Gateway)
            .Where(mail => mail.DueAt != null && mail.DueAt <= now)
            .OrderBy(mail => mail.DueAt)
            .Take(MaxRound)
            .ToListAsync(cancellationToken);
        foreach (var mail in due)
        {
            await HandOverAsync(mail, cancellationToken);

            // Once it is handed over this must be remembered, also while stopping.
            using (await turn.TakeAsync(CancellationToken.None))
            {
                await db.SaveChangesAsync(CancellationToken.None);
            }

            feed.Changed();
        }

        return due.Count == MaxRound;
    }

    private async Task<bool> TryDispatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await DispatchAsync(cancellationToken);
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            Log.CannotRead(_logger, (exception.InnerException ?? exception).Message);
            return false;
        }
    }

    private async Task HandOverAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        var message = MailMessage.Of(mail, options.From, mail.Incident!.Gateway!.Language);
        try
        {
            await _retry.ExecuteAsync(
                static async (state, token) => await state.transport.HandOverAsync(state.message, token), (transport, message), cancellationToken);
        }
        catch (MailRefusedException exception)
        {
            GiveUp(mail, exception.Message);
            return;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Postpone(mail, exception);
            return;
        }

        var now = time.GetUtcNow();
        mail.SentAt = now;
        mail.DueAt = null;
        metrics.HandedOver(mail.Kind, now - mail.CreatedAt);
        Log.HandedOver(_logger, mail.Id, mail.Kind, mail.IncidentId, mail.Incident.GatewayId, transport.Name, (long)(now - mail.CreatedAt).TotalMilliseconds);
    }

    private void Postpone(QueuedMail mail, Exception fault)
    {
        var now = time.GetUtcNow();
        mail.Attempts++;
        metrics.Failed(mail.Kind);
        if (now - mail.CreatedAt >= GiveUpAfter)
        {
            GiveUp(mail, fault.GetType().Name);
            return;
        }

        mail.DueAt = now + (FirstPostponement * (1 << Math.Min(mail.Attempts - 1, MaxDoublings)));

        // The type alone: a server's answer may quote the recipient.
        Log.Postponed(_logger, mail.Id, mail.IncidentId, fault.GetType().Name, mail.DueAt.Value);
    }

    private void GiveUp(QueuedMail mail, string why)
    {
        mail.DueAt = null;
        metrics.GivenUp(mail.Kind);
        Log.GivenUp(_logger, mail.Id, mail.IncidentId, why);
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Information, "Mail handed over: mail {MailId} kind {Kind} incident {IncidentId} gateway {GatewayId} transport {Transport} after {Milliseconds} ms")]
        public static partial void HandedOver(ILogger logger, Guid mailId, MailKind kind, long incidentId, string gatewayId, string transport, long milliseconds);

        [LoggerMessage(1202, LogLevel.Warning, "Mail {MailId} of incident {IncidentId} could not be handed over ({Fault}); next attempt at {DueAt:O}")]
        public static partial void Postponed(ILogger logger, Guid mailId, long incidentId, string fault, DateTimeOffset dueAt);

        [LoggerMessage(1203, LogLevel.Error, "Mail {MailId} of incident {IncidentId} is given up ({Why}); tell the customer another way")]
        public static partial void GivenUp(ILogger logger, Guid mailId, long incidentId, string why);

        [LoggerMessage(1204, LogLevel.Error, "The mail queue cannot be read ({Fault}); trying again shortly")]
        public static partial void CannotRead(ILogger logger, string fault);

        [LoggerMessage(1205, LogLevel.Debug, "No more mails are handed over: stopping")]
        public static partial void Ended(ILogger logger);
    }
}
