using System.Globalization;
using MediaSecurityLite.Gateway.Pipeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>
/// Feeds systemd's watchdog as long as the packet path turns, packets or not. A path that hangs starves it, and systemd
/// starts the agent anew.
/// </summary>
internal sealed partial class WatchdogService(
    PacketCounters packets, ISystemdNotifier notifier, TimeProvider time, ILogger<WatchdogService> logger) : BackgroundService
{
    /// <summary>Set by systemd from <c>WatchdogSec=</c>, in microseconds.</summary>
    private const string Variable = "WATCHDOG_USEC";

    private static readonly ServiceState Alive = new("WATCHDOG=1");

    private long _seen;

    /// <returns>True if the packet path has turned since the last call.</returns>
    public bool HasProgress()
    {
        var turns = packets.Turns;
        var progress = turns != _seen;
        _seen = turns;
        return progress;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!notifier.IsEnabled
            || !long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            || limit == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(limit / 3), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (HasProgress())
            {
                notifier.Notify(Alive);
            }
            else
            {
                Log.NoProgress(logger);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The packet path makes no progress; the watchdog is not fed")]
        public static partial void NoProgress(ILogger logger);
    }
}
