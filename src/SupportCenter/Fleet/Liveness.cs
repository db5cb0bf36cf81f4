using System.Collections.Concurrent;

namespace MediaSecurityLite.SupportCenter.Fleet;

/// <summary>
/// How long each gateway has been silent, by a clock that neither jumps nor counts the centre's own outages: silence
/// begins at the gateway's last message or at the centre's start, whichever is later.
/// </summary>
internal sealed class Liveness(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly ConcurrentDictionary<string, long> _seen = new(StringComparer.Ordinal);

    public void Seen(string gatewayId) => _seen[gatewayId] = time.GetTimestamp();

    public TimeSpan SilenceOf(string gatewayId) => time.GetElapsedTime(_seen.GetValueOrDefault(gatewayId, _started));
}
