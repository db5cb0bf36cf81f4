using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>
/// Keeps a session with the centre, for ever: after each loss it waits a random, growing time, so that a thousand boxes do
/// not come back at the same instant. It runs beside inspection and shares nothing with it but the outbox.
/// </summary>
internal sealed partial class CloudService(
    CloudSession session, CloudState state, TimeProvider time, ILogger<CloudService> logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    /// <summary>A session that stood so long was a good one: the delays begin anew.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retry = Retry();
        Exception? lost = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                lost = await retry.ExecuteAsync(
                    async token =>
                    {
                        // The loss of a good session is the first failure of a new row, so that it is waited for too.
                        if (lost is { } before)
                        {
                            lost = null;
                            throw before;
                        }

                        return await RunUntilLostAsync(token);
                    },
                    stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <returns>What ended a session that had stood for long.</returns>
    private async Task<Exception> RunUntilLostAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        try
        {
            await session.RunAsync(cancellationToken);
            throw new InvalidOperationException("a session ends by being lost");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A bug here must not take inspection down with it: it is logged in full and the session made anew.
            state.Lost(time.GetUtcNow(), e.Message);
            if (e is CloudException)
            {
                Log.Lost(logger, e.Message);
            }
            else
            {
                Log.Failed(logger, e);
            }

            if (time.GetElapsedTime(start) < Stable)
            {
                throw;
            }

            return e;
        }
    }

    private ResiliencePipeline Retry() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
        })
        .Build();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "No session with the support centre ({Reason}); events wait in the outbox, trying again")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "The session with the support centre failed unexpectedly; events wait in the outbox, trying again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
