using MediaSecurityLite.Gateway.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>
/// Writes events to disk: everything that gathered while the last commit ran becomes the next commit. While the disk
/// refuses (full, read-only) it keeps its group and tries again; inspection goes on, and what no longer fits the queue is
/// dropped and counted at the door.
/// </summary>
internal sealed partial class OutboxService(
    EventOutbox outbox, GatewaySettings settings, TimeProvider time, ILogger<OutboxService> logger) : BackgroundService
{
    private const int MaxGroup = 256;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    private readonly List<OutboundEvent> _group = new(MaxGroup);
    private OutboxStore? _store;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        TryOnDisk(OpenIfClosed);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        WriteRest();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await outbox.Queue.WaitToReadAsync(stoppingToken))
        {
            await WriteGroupAsync(stoppingToken);
        }
    }

    private async Task WriteGroupAsync(CancellationToken stoppingToken)
    {
        var delay = FirstRetry;
        while (!TryOnDisk(WriteGroup))
        {
            await Task.Delay(delay, time, stoppingToken);
            delay = delay < LastRetry / 2 ? delay * 2 : LastRetry;
        }
    }

    /// <summary>At stop everybody who makes events has stopped before: one try for what is left.</summary>
    private void WriteRest()
    {
        while (_group.Count > 0 || outbox.Queue.TryPeek(out _))
        {
            if (!TryOnDisk(WriteGroup))
            {
                Log.LostAtStop(logger, outbox.Queue.Count + _group.Count);
                return;
            }
        }
    }

    private void WriteGroup()
    {
        OpenIfClosed();
        while (_group.Count < MaxGroup && outbox.Queue.TryRead(out var item))
        {
            _group.Add(item);
        }

        _store!.Append(_group);
        _group.Clear();
        outbox.AnnounceCommit();
    }

    private void OpenIfClosed()
    {
        if (_store is not null)
        {
            return;
        }

        var path = Path.Combine(settings.Gateway.DataDirectory, "outbox.db");
        _store = OutboxStore.Open(path, settings.Outbox.MaxBytes, settings.Gateway.Id, time, logger);
        outbox.Attach(_store);
        if (_store.Recovered > 0)
        {
            Log.Recovered(logger, _store.Recovered);
        }
    }

    private bool TryOnDisk(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            Log.DiskRefuses(logger, e.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Outbox holds {Count} events of an earlier run; they go out first")]
        public static partial void Recovered(ILogger logger, long count);

        [LoggerMessage(Level = LogLevel.Error, Message = "Outbox cannot be written ({Reason}); events are held in memory and dropped when that is full")]
        public static partial void DiskRefuses(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Stopping while the outbox cannot be written; {Count} events are lost")]
        public static partial void LostAtStop(ILogger logger, int count);
    }
}
