using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Fuzz;

/// <summary>Takes what an inspector says; that it came so far is all that counts.</summary>
internal sealed class Discard : IDetectionSink, IRecordOutput
{
    public long Bytes { get; private set; }

    public void OnDetection(Detection detection) => Bytes++;

    public void Write(ReadOnlySpan<byte> lines) => Bytes += lines.Length;
}
