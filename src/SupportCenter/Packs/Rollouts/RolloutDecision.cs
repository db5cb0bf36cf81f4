namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>What is to be done with a rollout, and why.</summary>
/// <param name="Step">Null: wait.</param>
/// <param name="Cause">Of a stop.</param>
/// <param name="Found">How many gateways or detections made it stop.</param>
/// <param name="Measure">What that is measured by: gateways that have reported, or detections expected.</param>
internal sealed record RolloutDecision(RolloutStep? Step, RolloutStop? Cause = null, long? Found = null, double? Measure = null)
{
    public static readonly RolloutDecision Wait = new((RolloutStep?)null);
}
