using MediaSecurityLite.Lab.Captures;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>
/// The terminal of a demo without root: its traffic is made beforehand, and the gateway plays the capture in its own time.
/// </summary>
internal sealed class CaptureTerminal(GatewaySetup gateway, DemoReport report, TimeProvider time) : IDemoTerminal
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Pauses leave room for each step to be seen before the next begins.</summary>
    private static readonly IReadOnlyList<(TimeSpan Pause, Scenario Scenario)> Play =
    [
        (TimeSpan.Zero, Scenario.Browse),
        (TimeSpan.FromSeconds(8), Scenario.Category),
        (TimeSpan.FromSeconds(5), Scenario.Application),
        (TimeSpan.FromSeconds(5), Scenario.Infection),
    ];

    private readonly Dictionary<Scenario, TimeSpan> _beginnings = [];
    private DateTimeOffset? _started;

    /// <summary>Makes the capture. To be called before the gateway starts.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var start = time.GetUtcNow();
        var beginnings = await SyntheticCapture.WriteAsync(gateway.CaptureFile!, start, Play, time, cancellationToken);
        foreach (var (part, beginning) in Play.Zip(beginnings))
        {
            _beginnings[part.Scenario] = beginning - start;
        }
    }

    public async Task<DateTimeOffset> PlayAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        _started ??= await WaitForFirstPacketAsync(cancellationToken);
        var moment = _started.Value + _beginnings[scenario];
        if (moment - time.GetUtcNow() is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, cancellationToken);
        }

        foreach (var visit in scenario.Visits)
        {
            report.Say($"  terminal (in the capture) {visit}");
        }

        return moment;
    }

    /// <returns>The last moment at which the gateway had not seen a packet yet: the play began no earlier.</returns>
    private async Task<DateTimeOffset> WaitForFirstPacketAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var before = time.GetUtcNow();
        while (time.GetElapsedTime(start) < Limit)
        {
            var look = time.GetUtcNow();
            if (await gateway.StatusAsync(cancellationToken) is { } status && status.GetProperty("packets").GetInt64() > 0)
            {
                return before;
            }

            before = look;
            await Task.Delay(Glance, time, cancellationToken);
        }

        throw new LabException($"the gateway does not play its capture within {Limit.TotalSeconds:0} s");
    }
}
