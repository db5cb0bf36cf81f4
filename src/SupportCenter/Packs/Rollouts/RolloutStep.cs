namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>What can be done with a rollout.</summary>
internal enum RolloutStep
{
    /// <summary>To the next share; after the last one it is completed.</summary>
    Advance,

    Stop,

    Resume,

    End,

    Replace,
}
