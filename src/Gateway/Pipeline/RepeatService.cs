using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>Closes windows when they end, also while no packet comes; at stop, closes all.</summary>
internal sealed class RepeatService(DetectionReporter reporter, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        reporter.CloseAllWindows();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            reporter.CloseEndedWindows();
        }
    }
}
