using MediaSecurityLite.SupportCenter.Storage;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>Takes removed gateways off the broker soon after an operator removed them.</summary>
internal sealed partial class RemovedSweep(GatewayBroker broker, TimeProvider time, ILogger<RemovedSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryDropAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.Ended(_logger);
        }
    }

    private async Task TryDropAsync(CancellationToken cancellationToken)
    {
        try
        {
            await broker.DropRemovedAsync(cancellationToken);
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            Log.CannotSweep(_logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1304, LogLevel.Error, "Removed gateways could not be looked up ({Fault}); trying again shortly")]
        public static partial void CannotSweep(ILogger logger, string fault);

        [LoggerMessage(1305, LogLevel.Debug, "Sessions are no longer swept: stopping")]
        public static partial void Ended(ILogger logger);
    }
}
