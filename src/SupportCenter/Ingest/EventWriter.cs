using MediaSecurityLite.SupportCenter.Console;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Storage;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>
/// The one writer of arrivals. Whatever waits is written in one transaction (group commit), and only then are the senders
/// told. A batch that fails is tried again message by message, so that one bad message cannot hold up the others.
/// </summary>
internal sealed partial class EventWriter(
    IngestGate gate, ArrivalBatch batch, MailSignal mails, ConsoleFeed feed, IngestMetrics metrics, TimeProvider time, ILogger<EventWriter> logger)
    : BackgroundService
{
    private const int MaxBatch = 256;

    // A database that cannot work fails every batch; it is said once a minute.
    private static readonly TimeSpan FaultLogInterval = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;
    private long? _faultLoggedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends when the gate is closed and drained; stopping only closes the gate.
        await using var stop = stoppingToken.Register(gate.Close);
        var arrivals = new List<Arrival>(MaxBatch);
        while (await gate.Arrivals.WaitToReadAsync(CancellationToken.None))
        {
            while (arrivals.Count < MaxBatch && gate.Arrivals.TryRead(out var arrival))
            {
                arrivals.Add(arrival);
            }

            await WriteAsync(arrivals);
            arrivals.Clear();
        }
    }

    private async Task WriteAsync(List<Arrival> arrivals)
    {
        if (await TryWriteAsync(arrivals) is not null && arrivals.Count > 1)
        {
            foreach (var arrival in arrivals)
            {
                await WriteSingleAsync(arrival);
            }
        }
        else if (arrivals.Count == 1 && !arrivals[0].Outcome.IsCompleted)
        {
            await WriteSingleAsync(arrivals[0]);
        }
    }

    private async Task WriteSingleAsync(Arrival arrival)
    {
        var fault = await TryWriteAsync([arrival]);
        if (fault is null)
        {
            return;
        }

        if (Sqlite.IsRowRefused(fault) && ArrivalBatch.Refused(arrival) is { } dead)
        {
            fault = await TryWriteAsync([dead]);
            arrival.Complete(fault is null ? await dead.Outcome : IngestOutcome.Unavailable);
        }
        else
        {
            arrival.Complete(IngestOutcome.Unavailable);
        }

        if (fault is not null)
        {
            Report(fault);
        }
    }

    /// <returns>Why nothing was written; null if all was committed and the senders told.</returns>
    private async Task<Exception?> TryWriteAsync(List<Arrival> arrivals)
    {
        var started = time.GetTimestamp();
        BatchResult result;
        try
        {
            result = await batch.WriteAsync(arrivals, CancellationToken.None);
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            return exception;
        }

        for (var i = 0; i < arrivals.Count; i++)
        {
            arrivals[i].Complete(result.Outcomes[i]);
        }

        metrics.Committed(arrivals.Count, time.GetElapsedTime(started));
        feed.Changed();
        if (result.MailsQueued)
        {
            mails.Set();
        }

        return null;
    }

    private void Report(Exception fault)
    {
        if (_faultLoggedAt is { } logged && time.GetElapsedTime(logged) < FaultLogInterval)
        {
            return;
        }

        _faultLoggedAt = time.GetTimestamp();
        Log.CannotStore(_logger, (fault.InnerException ?? fault).Message);
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Error, "The database cannot store events ({Fault}); gateways keep theirs and send them again")]
        public static partial void CannotStore(ILogger logger, string fault);
    }
}
