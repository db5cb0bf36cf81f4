using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Broker;
using MediaSecurityLite.SupportCenter.Packs.Library;
using MediaSecurityLite.SupportCenter.Packs.Serving;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Packs.Announcing;

/// <summary>
/// Keeps the retained announcements true: at start, and whenever an operator or the patrol changed a rollout. It compares with
/// what it said last, because operators change rollouts from another process.
/// </summary>
internal sealed partial class PackAnnouncer(
    IDbContextFactory<CenterDb> databases, PackLibrary library, PackServer server, GatewayBroker broker, BrokerOptions names, PackOptions options,
    TimeProvider time, ILogger<PackAnnouncer> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly string[] Channels = [PatternChannels.Canary, PatternChannels.Stable];

    private readonly ILogger _logger = logger;
    private readonly Dictionary<string, byte[]> _said = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await TryAnnounceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.Ended(_logger);
        }
    }

    private async Task TryAnnounceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AnnounceAsync(cancellationToken);
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            Log.CannotAnnounce(_logger, (exception.InnerException ?? exception).Message);
        }
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        // Without a root no gateway could believe anything.
        var root = library.NewestRoot();
        if (root == 0)
        {
            return;
        }

        var baseUrl = (options.BaseUrl ?? $"https://{Host(names.NamesInForce()[0])}:{server.EndPoint.Port}{PackServer.Prefix}").TrimEnd('/');
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var channel in Channels)
        {
            var announcement = await Announcements.ReadAsync(db, channel, root, baseUrl, cancellationToken);
            var payload = JsonSerializer.SerializeToUtf8Bytes(announcement, ContractsJson.Default.PackAnnouncement);
            if (!_said.TryGetValue(channel, out var before) || !before.AsSpan().SequenceEqual(payload))
            {
                await broker.PublishRetainedAsync(Topics.PatternChannel(channel), payload, cancellationToken);
                _said[channel] = payload;
                Log.Announced(_logger, channel, announcement.Packs.Count, root);
            }
        }
    }

    private static string Host(string name) => Uri.CheckHostName(name) == UriHostNameType.IPv6 ? $"[{name}]" : name;

    private static partial class Log
    {
        [LoggerMessage(1411, LogLevel.Information, "Announced on {Channel}: {Count} pack versions, root {RootVersion}")]
        public static partial void Announced(ILogger logger, string channel, int count, int rootVersion);

        [LoggerMessage(1412, LogLevel.Error, "Pattern packs could not be announced ({Fault}); trying again shortly")]
        public static partial void CannotAnnounce(ILogger logger, string fault);

        [LoggerMessage(1413, LogLevel.Debug, "Pattern packs are no longer announced: stopping")]
        public static partial void Ended(ILogger logger);
    }
}
