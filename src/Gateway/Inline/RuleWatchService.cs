using MediaSecurityLite.Enforcement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Inline;

/// <summary>Puts our rules back when another program has swept them away (a firewall's reload, mostly).</summary>
internal sealed partial class RuleWatchService(InlineService inline, TimeProvider time, ILogger<RuleWatchService> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (inline.Rules is { } rules && await rules.RestoreAsync(stoppingToken))
                {
                    Log.Restored(logger);
                }
            }
            catch (EnforcementException e)
            {
                Log.NotRestored(logger, e.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Rules of ours were changed or deleted by another program; they are back")]
        public static partial void Restored(ILogger logger);

        [LoggerMessage(Level = LogLevel.Error, Message = "Rules of ours are missing and cannot be put back: {Reason}")]
        public static partial void NotRestored(ILogger logger, string reason);
    }
}
