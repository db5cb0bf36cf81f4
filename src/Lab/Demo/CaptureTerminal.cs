using MediaSecurityLite.Lab.Captures;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>
/// The terminal of a demo without root: its traffic is made beforehand, and the gateway plays the capture in its own time.
/// </summary>
internal sealed class CaptureTerminal(GatewaySetup gateway, DemoReport report, TimeProvider time) : IDemoTerminal
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    /// <summary>One look-up, two packets: they pass while the gateway starts, before anybody can watch it.</summary>
    private static readonly Scenario LeadIn = new("lead-in", "a first sign on the line", [new Visit(VisitKind.Resolve, Sites.Office)]);
    private const int LeadInPackets = 2;

    /// <summary>Pauses leave room for each step to be seen before the next begins.</summary>
    private static readonly IReadOnlyList<(TimeSpan Pause, Scenario Scenario)> Play =
    [
        (TimeSpan.Zero, LeadIn),
        (TimeSpan.FromSeconds(6), Scenario.Browse),
        (TimeSpan.FromSeconds(5), Scenario.Category),
        (TimeSpan.FromSeconds(5), Scenario.Application),
        (TimeSpan.FromSeconds(5), Scenario.Infection),
    ];

    /// <summary>Where each scenario lies in the capture, from the beginning of browsing.</summary>
    private readonly Dictionary<Scenario, TimeSpan> _beginnings = [];
    private DateTimeOffset _browsing;

    public IReadOnlyList<(Visit Visit, VisitOutcome Outcome)> Outcomes => [];

    /// <summary>Makes the capture. To be called before the gateway starts.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var beginnings = await SyntheticCapture.WriteAsync(gateway.CaptureFile!, time.GetUtcNow(), Play, time, cancellationToken);
        foreach (var (part, beginning) in Play.Zip(beginnings))
        {
            _beginnings[part.Scenario] = beginning - beginnings[1];
        }
    }

    /// <summary>
    /// Finds when browsing begins: not before the last look at which the gateway had seen the lead-in only. A gateway that is
    /// past it at the first look makes the delays seem longer than they are, never shorter.
    /// </summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        _browsing = time.GetUtcNow();
        while (time.GetElapsedTime(start) < Limit)
        {
            var look = time.GetUtcNow();
            if (await gateway.StatusAsync(cancellationToken) is { } status)
            {
                if (status.GetProperty("packets").GetInt64() > LeadInPackets)
                {
                    return;
                }

                _browsing = look;
            }

            await Task.Delay(Glance, time, cancellationToken);
        }

        throw new LabException($"the gateway does not play its capture within {Limit.TotalSeconds:0} s");
    }

    public async Task<DateTimeOffset> PlayAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var moment = _browsing + _beginnings[scenario];
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
}
