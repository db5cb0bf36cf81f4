using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>Counts every refusal and logs each cause once per gateway and hour: an outsider must not be able to fill the log.</summary>
internal sealed partial class Refusals
{
    public const string MeterName = "MediaSecurityLite.SupportCenter.Broker";

    private const int MaxRemembered = 10_000;

    private static readonly TimeSpan LogInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(RefusalCause Cause, string Who), long> _logged = new();
    private readonly Counter<long> _counter;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public Refusals(IMeterFactory meters, TimeProvider time, ILogger<Refusals> logger)
    {
        _counter = meters.Create(MeterName).CreateCounter<long>("mslcenter.broker.refusals", "{refusal}", "Refusals, by cause");
        _time = time;
        _logger = logger;
    }

    /// <param name="cause">Why.</param>
    /// <param name="gateway">The gateway, where its certificate proves it; null for strangers, who share one log line.</param>
    public void Note(RefusalCause cause, string? gateway)
    {
        _counter.Add(1, new KeyValuePair<string, object?>("cause", cause.ToString()));
        var key = (cause, gateway ?? "");
        var now = _time.GetTimestamp();
        if (_logged.TryGetValue(key, out var before) && _time.GetElapsedTime(before, now) < LogInterval)
        {
            return;
        }

        if (_logged.Count < MaxRemembered)
        {
            _logged[key] = now;
            Log.Refused(_logger, cause, gateway ?? "unknown");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Warning, "Refused: {Cause}, gateway {GatewayId}; further ones of this hour are only counted")]
        public static partial void Refused(ILogger logger, RefusalCause cause, string gatewayId);
    }
}
