using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>
/// A version on its way to the gateways of a channel. <c>stable</c>: 1 %, 10 %, everybody; <c>canary</c>: everybody at once,
/// under the same watch.
/// </summary>
internal sealed class Rollout
{
    private static readonly int[] StableShares = [100, 1_000, AnnouncedPack.Everybody];
    private static readonly int[] CanaryShares = [AnnouncedPack.Everybody];

    public long Id { get; init; }

    /// <summary>One of <see cref="PatternChannels"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>The pack's name.</summary>
    public required string Pack { get; init; }

    public required string Version { get; init; }

    public required string ManifestSha256 { get; init; }

    public required DateTimeOffset ReleasedAt { get; init; }

    /// <summary>Detections a gateway of the fleet made in an hour, in the week before the release.</summary>
    public required double BaselineRate { get; init; }

    public RolloutState State { get; private set; } = RolloutState.Running;

    /// <summary>Of ten thousand gateways.</summary>
    public required int Share { get; set; }

    /// <summary>When this share was reached, or the rollout resumed at it.</summary>
    public required DateTimeOffset StageStartedAt { get; set; }

    /// <summary>What came before this is forgiven: the release, or the last time an operator resumed.</summary>
    public required DateTimeOffset WatchedFrom { get; set; }

    /// <summary>When it was stopped, ended or replaced last.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    public RolloutStop? StopCause { get; set; }

    /// <summary>How many gateways or detections made the rule stop it.</summary>
    public long? StopFound { get; set; }

    /// <summary>What that is measured by: gateways that had reported, or detections expected.</summary>
    public double? StopMeasure { get; set; }

    /// <summary>Starts at the first share of the channel.</summary>
    public static Rollout Release(string channel, Library.StoredPack pack, double baselineRate, DateTimeOffset now) => new()
    {
        Channel = channel,
        Pack = pack.Name,
        Version = pack.Version,
        ManifestSha256 = pack.ManifestSha256,
        ReleasedAt = now,
        BaselineRate = baselineRate,
        Share = SharesOf(channel)[0],
        StageStartedAt = now,
        WatchedFrom = now,
    };

    /// <summary>
    /// Takes a step.
    /// <code>
    ///              Advance               Stop      Resume    End     Replace
    /// Running      Running → Completed   Stopped   -         Ended   Replaced
    /// Completed    -                     Stopped   -         Ended   -
    /// Stopped      -                     -         Running   Ended   Replaced
    /// </code>
    /// </summary>
    /// <returns>False, and nothing changes, where the table has no such step.</returns>
    public bool TryTake(RolloutStep step, DateTimeOffset now)
    {
        switch (State, step)
        {
            case (RolloutState.Running, RolloutStep.Advance):
                Advance(now);
                return true;
            case (RolloutState.Running or RolloutState.Completed, RolloutStep.Stop):
                Leave(RolloutState.Stopped, now);
                return true;
            case (RolloutState.Stopped, RolloutStep.Resume):
                State = RolloutState.Running;
                StageStartedAt = WatchedFrom = now;
                StoppedAt = null;
                StopCause = null;
                StopFound = null;
                StopMeasure = null;
                return true;
            case (RolloutState.Running or RolloutState.Completed or RolloutState.Stopped, RolloutStep.End):
                Leave(RolloutState.Ended, now);
                return true;
            case (RolloutState.Running or RolloutState.Stopped, RolloutStep.Replace):
                Leave(RolloutState.Replaced, now);
                return true;
            default:
                return false;
        }
    }

    private static int[] SharesOf(string channel) => channel == PatternChannels.Canary ? CanaryShares : StableShares;

    private void Advance(DateTimeOffset now)
    {
        if (Share >= AnnouncedPack.Everybody)
        {
            State = RolloutState.Completed;
            return;
        }

        Share = SharesOf(Channel).First(share => share > Share);
        StageStartedAt = now;
    }

    private void Leave(RolloutState state, DateTimeOffset now)
    {
        State = state;
        StoppedAt = now;
    }
}
