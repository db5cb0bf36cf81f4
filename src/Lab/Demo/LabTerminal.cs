using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>The terminal inside the lab.</summary>
internal sealed class LabTerminal(Terminal terminal, DemoReport report, TimeProvider time) : IDemoTerminal
{
    private readonly List<(Visit Visit, VisitOutcome Outcome)> _outcomes = [];

    public IReadOnlyList<(Visit Visit, VisitOutcome Outcome)> Outcomes => _outcomes;

    public Task FollowAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<DateTimeOffset> PlayAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow();
        _outcomes.Clear();
        foreach (var visit in scenario.Visits)
        {
            var outcome = await terminal.TryAsync(visit, cancellationToken);
            _outcomes.Add((visit, outcome));
            report.Say($"  terminal {visit}: {Describe(outcome)}");
        }

        return before;
    }

    private static string Describe(VisitOutcome outcome) => outcome switch
    {
        VisitOutcome.Reached => "answered",
        VisitOutcome.BlockPage => "the block page comes",
        _ => "refused at once",
    };
}
