using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>What the detectors shall know from the next packet on: patterns and policy as one, replaced with one write.</summary>
internal sealed class SnapshotState
{
    private volatile DetectionSnapshot _current = DetectionSnapshot.Empty;

    public DetectionSnapshot Current => _current;

    public void Replace(DetectionSnapshot snapshot) => _current = snapshot;
}
