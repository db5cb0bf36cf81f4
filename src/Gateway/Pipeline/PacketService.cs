using MediaSecurityLite.Capture;
using MediaSecurityLite.Capture.Files;
using MediaSecurityLite.Capture.Live;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Inspection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>
/// The packet path: one thread of its own asks the source, inspects, and hands detections on. It waits for nothing but the
/// source. When it fails, the agent ends with an error and systemd starts it anew.
/// </summary>
internal sealed partial class PacketService(
    GatewaySettings settings,
    SnapshotState snapshots,
    DetectionReporter detections,
    PacketCounters counters,
    TimeProvider time,
    ILogger<PacketService> logger) : BackgroundService
{
    /// <summary>How often the source's losses and the flow table's size are looked at.</summary>
    private static readonly TimeSpan ObservePeriod = TimeSpan.FromSeconds(1);

    private IFrameSource? _source;

    /// <exception cref="StartException">The source cannot be opened.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _source = settings.Capture.Interface.Length > 0
                ? LiveSource.Open(settings.Capture.Interface)
                : new PacedSource(CaptureFile.Open(settings.Capture.File), time);
        }
        catch (CaptureException e)
        {
            throw new StartException($"Capture: {e.Message}", e);
        }

        Log.Listening(logger, settings.Capture.Source);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _source?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        return PacketThread.Run(() => Run(_source!, stoppingToken));
    }

    private void Run(IFrameSource source, CancellationToken stoppingToken)
    {
        var inspector = new Inspector(new InspectorOptions(), detections);
        var observed = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var status = source.MoveNext();
            if (status == SourceStatus.End)
            {
                break;
            }

            inspector.Snapshot = snapshots.Current;
            if (status == SourceStatus.Frame)
            {
                var frame = source.Current;
                inspector.Inspect(frame);
                counters.Inspected(1, frame.Bytes.Length);
            }
            else
            {
                inspector.Advance(Now());
            }

            counters.Turned();
            if (time.GetElapsedTime(observed) >= ObservePeriod)
            {
                observed = time.GetTimestamp();
                counters.Observe(source.Dropped, inspector.Counters.ActiveFlows);
            }
        }

        inspector.Finish();
        counters.Observe(source.Dropped, activeFlows: 0);
    }

    private long Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Listening on {Source}, monitor mode: detects, never blocks")]
        public static partial void Listening(ILogger logger, string source);
    }
}
