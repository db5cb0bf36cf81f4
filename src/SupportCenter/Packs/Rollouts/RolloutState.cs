namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>How a rollout stands.</summary>
public enum RolloutState
{
    /// <summary>On offer to its share of the gateways, and watched.</summary>
    Running,

    /// <summary>Everybody's, and watched to the end.</summary>
    Completed,

    /// <summary>Withdrawn until an operator decides: those who have it keep it, nobody else gets it.</summary>
    Stopped,

    /// <summary>Withdrawn for good.</summary>
    Ended,

    /// <summary>A newer version was released before it was everybody's.</summary>
    Replaced,
}
