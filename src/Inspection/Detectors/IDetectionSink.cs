using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>Receives what the detectors find, on the thread that inspects; it must not block.</summary>
public interface IDetectionSink
{
    /// <summary>Something was found.</summary>
    void OnDetection(Detection detection);
}
