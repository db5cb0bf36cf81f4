namespace MediaSecurityLite.SupportCenter.Packs.Rollouts;

/// <summary>
/// The rule by which a rollout goes on, waits or is stopped. It is stopped when, of the gateways that said how the version ended,
/// <list type="bullet">
/// <item>more than <c>Packs:RollbackBound</c> went back to the version before: a single one, as long as few have reported;</item>
/// <item>more than <c>Packs:RefusalBound</c> refused it, and at least two: one full disk says nothing about a version;</item>
/// <item>those who have it detect more than <c>Packs:DetectionFactor</c> times what the fleet's baseline makes of the same gateways
/// and hours, at least 20 detections, on at least three gateways: one infected office says nothing about a version.</item>
/// </list>
/// It goes on when the stage was watched for <c>Packs:ObservationTime</c> and <c>Packs:MinimumReports</c> gateways of its share
/// have reported, or all of them where the share has fewer.
/// </summary>
internal static class RolloutJudge
{
    private const int FewestRefusals = 2;
    private const int FewestDetections = 20;
    private const int FewestDetectingGateways = 3;

    public static RolloutDecision Judge(Rollout rollout, RolloutObservation seen, PackOptions options, DateTimeOffset now)
    {
        if (seen.RolledBack > options.RollbackBound * seen.Reports)
        {
            return Stop(RolloutStop.Rollbacks, seen.RolledBack, seen.Reports);
        }

        if (seen.Refused >= FewestRefusals && seen.Refused > options.RefusalBound * seen.Reports)
        {
            return Stop(RolloutStop.Refusals, seen.Refused, seen.Reports);
        }

        if (seen.Detections >= FewestDetections && seen.DetectingGateways >= FewestDetectingGateways
            && seen.Detections > options.DetectionFactor * seen.ExpectedDetections)
        {
            return Stop(RolloutStop.Detections, seen.Detections, seen.ExpectedDetections);
        }

        var enough = seen.ParticipantReports >= Math.Min(options.MinimumReports, seen.Participants);
        return enough && now - rollout.StageStartedAt >= options.ObservationTime ? new(RolloutStep.Advance) : RolloutDecision.Wait;
    }

    private static RolloutDecision Stop(RolloutStop cause, long found, double measure) => new(RolloutStep.Stop, cause, found, measure);
}
