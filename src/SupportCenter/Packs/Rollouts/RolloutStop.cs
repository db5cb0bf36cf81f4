namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>Why a rollout was stopped.</summary>
public enum RolloutStop
{
    /// <summary>An operator wanted it.</summary>
    Operator,

    /// <summary>Gateways went back to the version before.</summary>
    Rollbacks,

    /// <summary>Gateways did not take it.</summary>
    Refusals,

    /// <summary>Gateways that have it detect far more than the fleet does.</summary>
    Detections,
}
