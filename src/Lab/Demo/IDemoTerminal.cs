using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>The terminal of the demo: played by real clients in the lab, or from a capture where there is no root.</summary>
internal interface IDemoTerminal
{
    /// <summary>To be called as soon as the gateway was started; ends when scenarios can be played.</summary>
    Task FollowAsync(CancellationToken cancellationToken);

    /// <summary>What became of the visits of the scenario played last; empty where a capture is played.</summary>
    IReadOnlyList<(Visit Visit, VisitOutcome Outcome)> Outcomes { get; }

    /// <summary>Plays the scenario, or waits until the capture has come to it.</summary>
    /// <returns>A moment that is not later than the scenario's first packet.</returns>
    /// <remarks>Afterwards <see cref="Outcomes"/> says what became of its visits.</remarks>
    Task<DateTimeOffset> PlayAsync(Scenario scenario, CancellationToken cancellationToken);
}
