using MediaSecurityLite.Lab.Scenarios;
using MediaSecurityLite.Lab.Servers;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>Writes scenarios to a capture file without playing them anywhere.</summary>
internal static class SyntheticCapture
{
    /// <summary>Overwrites <paramref name="file"/>; its first frame is stamped <paramref name="start"/> plus the first pause.</summary>
    /// <returns>When each scenario begins, in the capture's time.</returns>
    public static async Task<IReadOnlyList<DateTimeOffset>> WriteAsync(
        string file, DateTimeOffset start, IEnumerable<(TimeSpan Pause, Scenario Scenario)> scenarios, TimeProvider time, CancellationToken cancellationToken)
    {
        using var certificates = LabCertificates.Create(Sites.All.Select(site => site.Host), time);
        using var writer = new PcapWriter(file);
        var clock = new SyntheticClock(start);
        var terminal = new SyntheticTerminal(new FrameWriter(writer, clock), certificates);
        List<DateTimeOffset> beginnings = [];
        foreach (var (pause, scenario) in scenarios)
        {
            clock.Advance(pause);
            beginnings.Add(clock.Now);
            await terminal.PlayAsync(scenario, cancellationToken);
        }

        return beginnings;
    }
}
