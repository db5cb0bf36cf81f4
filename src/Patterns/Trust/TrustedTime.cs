namespace MediaSecurityLite.Patterns.Trust;

/// <summary>What a box makes of its clock.</summary>
public enum ClockState
{
    /// <summary>It is believed.</summary>
    Believed,

    /// <summary>It stands before a time that was signed: it is wrong.</summary>
    Behind,

    /// <summary>It stands further past the newest signed time than a box can know: it may be wrong.</summary>
    Ahead,
}

/// <summary>
/// The time by which candidates are judged. A box's clock may be wrong by years (an empty battery, no time server), so it is believed
/// only from the newest time that was signed (a root, or a pack that was in force) up to <see cref="Reach"/> past it; outside, that
/// signed time counts and the clock is reported. Packs and signing keys are valid for longer than the reach, so no wrong clock makes a
/// fresh pack look expired; a clock that is right finds an expired one. Nothing that is in force ever ends because of time.
/// </summary>
/// <param name="Now">The time to judge by.</param>
/// <param name="Clock">What is wrong with the clock.</param>
public readonly record struct TrustedTime(DateTimeOffset Now, ClockState Clock)
{
    /// <summary>How far past the newest signed time the clock is believed.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(45);

    /// <summary>How far before it a clock may stand without being called wrong; signers' clocks differ, too.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    /// <summary>Judges a clock.</summary>
    public static TrustedTime Of(DateTimeOffset newestSigned, DateTimeOffset clock) =>
        clock > newestSigned + Reach ? new TrustedTime(newestSigned, ClockState.Ahead)
        : clock >= newestSigned ? new TrustedTime(clock, ClockState.Believed)
        : new TrustedTime(newestSigned, clock < newestSigned - Tolerance ? ClockState.Behind : ClockState.Believed);
}
