using MediaSecurityLite.Enforcement;
using MediaSecurityLite.Enforcement.Queue;
using MediaSecurityLite.Enforcement.Rules;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Inspection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Inline;

/// <summary>
/// The packet path in the line: one thread takes packets from the kernel's queue, inspects and decides. The queue is read
/// before the first rule sends packets to it, and until the last one is gone: neither start nor stop holds anything up.
/// </summary>
internal sealed partial class InlineService(
    GatewaySettings settings,
    SnapshotState snapshots,
    DetectionReporter detections,
    PacketCounters counters,
    TimeProvider time,
    ILogger<InlineService> logger) : BackgroundService
{
    private static readonly TimeSpan ObservePeriod = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private Inspector? _inspector;
    private Enforcer? _enforcer;
    private BridgeFilter? _bridge;
    private RuleSet? _rules;

    /// <summary>The rules in the kernel; null before they are there.</summary>
    public RuleSet? Rules => _rules;

    /// <exception cref="StartException">The kernel refuses the queue or the rules.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _inspector = new Inspector(new InspectorOptions { IsInline = true }, detections);
            _enforcer = Enforcer.Open(settings.Inline.ToEnforcement(), _inspector, time);
            _bridge = settings.Gateway.Mode == GatewayMode.Bridge ? BridgeFilter.Enable() : null;
            await base.StartAsync(cancellationToken);
            _rules = await RuleSet.InstallAsync(settings.Inline.ToRules(), cancellationToken);
        }
        catch (EnforcementException e)
        {
            throw new StartException($"Mode: {e.Message}", e);
        }

        Log.Inline(logger, settings.Gateway.Mode, settings.Inline.Queue);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_rules is { } rules)
        {
            await rules.RemoveAsync(CancellationToken.None);
        }

        _bridge?.Restore();
        await _end.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _enforcer?.Dispose();
        _end.Dispose();
        base.Dispose();
    }

    /// <summary>Not the host's token ends the thread but <see cref="StopAsync"/>, when no rule sends packets any more.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        return PacketThread.Run(() => Run(_enforcer!, _inspector!, _end.Token));
    }

    private void Run(Enforcer enforcer, Inspector inspector, CancellationToken end)
    {
        var observed = time.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            inspector.Snapshot = snapshots.Current;
            enforcer.Turn();
            counters.Inspected(enforcer.LastTurn.Packets, enforcer.LastTurn.Bytes);
            counters.Turned();
            if (time.GetElapsedTime(observed) >= ObservePeriod)
            {
                observed = time.GetTimestamp();
                Observe(enforcer, inspector.Counters.ActiveFlows);
            }
        }

        inspector.Finish();
        Observe(enforcer, activeFlows: 0);
    }

    private void Observe(Enforcer enforcer, long activeFlows)
    {
        var kernel = QueueStatistics.Read((ushort)settings.Inline.Queue) ?? default;
        counters.Observe(enforcer.Missed + kernel.QueueDropped, activeFlows);
        counters.Enforced(enforcer.Blocked, enforcer.Overruns);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Inline as {Mode}, queue {Queue}: blocks")]
        public static partial void Inline(ILogger logger, GatewayMode mode, int queue);
    }
}
