using System.Collections.Frozen;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>How far an announced pack got; kept on disk, so that a box that loses power goes on where it was.</summary>
internal sealed record UpdateState
{
    private static readonly FrozenDictionary<PatternsStep, PatternsStep[]> Transitions = new Dictionary<PatternsStep, PatternsStep[]>
    {
        [PatternsStep.Announced] = [PatternsStep.Downloaded, PatternsStep.Refused],
        [PatternsStep.Downloaded] = [PatternsStep.Verified, PatternsStep.Refused, PatternsStep.Announced],
        [PatternsStep.Verified] = [PatternsStep.SelfTested, PatternsStep.Refused, PatternsStep.Announced],
        [PatternsStep.SelfTested] = [PatternsStep.BackTested, PatternsStep.Refused, PatternsStep.Announced],
        [PatternsStep.BackTested] = [PatternsStep.Installed, PatternsStep.Refused, PatternsStep.Announced],
        [PatternsStep.Installed] = [PatternsStep.Confirmed, PatternsStep.RolledBack],
        [PatternsStep.Confirmed] = [PatternsStep.RolledBack],
        [PatternsStep.Refused] = [PatternsStep.Announced],
        [PatternsStep.RolledBack] = [],
    }.ToFrozenDictionary();

    public required string Pack { get; init; }

    /// <summary>The version in force before.</summary>
    public string? FromVersion { get; init; }

    public required string Version { get; init; }

    public required string ManifestSha256 { get; init; }

    /// <summary>Where the files lie.</summary>
    public required string Base { get; init; }

    public required PatternsStep Step { get; init; }

    /// <summary>When it got there.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Bytes fetched for it.</summary>
    public long Bytes { get; init; }

    public int? NewlyBlockedNames { get; init; }

    public int? Terminals { get; init; }

    /// <summary>Detections per minute before it came into force.</summary>
    public double BlocksPerMinute { get; init; }

    public string? ReasonCode { get; init; }

    public string? Reason { get; init; }

    /// <summary>Refused for a reason that may pass: tried again.</summary>
    public bool MayPass { get; init; }

    /// <summary>True while the agent has to do something about it.</summary>
    public bool IsUnderWay => Step is >= PatternsStep.Announced and <= PatternsStep.BackTested;

    /// <summary>The one table of the machine. Back to the start goes what was lost on the way: files that a crash or a bad disk took.</summary>
    public bool MayBecome(PatternsStep next) => Transitions[Step].Contains(next);

    /// <summary>The next step.</summary>
    /// <exception cref="InvalidOperationException">The table does not have it.</exception>
    public UpdateState To(PatternsStep next, DateTimeOffset now) =>
        MayBecome(next) ? this with { Step = next, Since = now, ReasonCode = null, Reason = null, MayPass = false }
            : throw new InvalidOperationException($"{Step} never becomes {next}");
}
