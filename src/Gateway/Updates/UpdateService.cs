using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>Waits for announcements, and looks after packs every few seconds. One thing at a time, beside inspection.</summary>
internal sealed partial class UpdateService(
    GatewaySettings settings, PackUpdater updater, PackShelf shelf, Announcements announcements, TimeProvider time, ILogger<UpdateService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private PackAnnouncement? _newest;
    private DateTimeOffset _followed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        await GuardedAsync(() => updater.ResumeAsync(state => Fetcher(state.Base), stoppingToken), stoppingToken);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var news = announcements.Newest.WaitToReadAsync(stoppingToken).AsTask();
        while (true)
        {
            var done = await Task.WhenAny(tick, news);
            stoppingToken.ThrowIfCancellationRequested();
            if (done == news)
            {
                announcements.Newest.TryRead(out _newest);
                _followed = default;
                news = announcements.Newest.WaitToReadAsync(stoppingToken).AsTask();
            }
            else
            {
                await tick;
                await GuardedAsync(() => Task.Run(updater.Watch, stoppingToken), stoppingToken);
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }

            // Once per announcement, and from time to time again: what was refused for a passing reason may go now.
            if (_newest is { } newest && time.GetUtcNow() - _followed >= settings.Updates.RetryInterval)
            {
                _followed = time.GetUtcNow();
                await GuardedAsync(() => updater.FollowAsync(newest, Fetcher(newest.Base), stoppingToken), stoppingToken);
            }
        }
    }

    private PackFetcher Fetcher(string baseAddress)
    {
        shelf.Prepare();
        return new PackFetcher(MirrorClient.Create(settings.Cloud), baseAddress, shelf.Sections, time);
    }

    /// <summary>A disk or a certificate that cannot be read must not end the agent: the packs in force go on.</summary>
    private async Task GuardedAsync(Func<Task> action, CancellationToken stoppingToken)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException && !stoppingToken.IsCancellationRequested)
        {
            Log.Failed(logger, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Pattern packs could not be looked after, those in force stay: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
