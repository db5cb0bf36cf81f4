using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>The terminal inside the lab.</summary>
internal sealed class LabTerminal(Terminal terminal, DemoReport report, TimeProvider time) : IDemoTerminal
{
    public Task FollowAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<DateTimeOffset> PlayAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow();
        await terminal.PlayAsync(scenario, visit => report.Say($"  terminal {visit}"), cancellationToken);
        return before;
    }
}
