namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>What is known of a rollout's version now.</summary>
/// <param name="Participants">Gateways that the share selects and that were heard of within the last day.</param>
/// <param name="ParticipantReports">Those of them that said how it ended.</param>
/// <param name="Installed">Gateways that have it.</param>
/// <param name="RolledBack">Gateways that went back.</param>
/// <param name="Refused">Gateways that did not take it.</param>
/// <param name="Detections">What those who have it detected since, each gateway counted up to a bound.</param>
/// <param name="ExpectedDetections">What the fleet's baseline makes of the same gateways and hours.</param>
/// <param name="DetectingGateways">Those who have it and detected anything since.</param>
internal sealed record RolloutObservation(
    int Participants, int ParticipantReports, int Installed, int RolledBack, int Refused,
    long Detections, double ExpectedDetections, int DetectingGateways)
{
    public int Reports => Installed + RolledBack + Refused;
}
