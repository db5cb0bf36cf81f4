using MediaSecurityLite.Inspection;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Gateway.Explaining;

/// <summary>Asks the inspector itself what it would decide, so that the answer cannot differ from what happens on the line.</summary>
internal sealed class Probe : IDetectionSink
{
    private Detection? _first;

    /// <summary>What the inspector finds when a terminal asks for this; null where nothing speaks against it.</summary>
    public static Detection? Ask(ProbeTarget target, DetectionSnapshot snapshot)
    {
        var probe = new Probe();
        var inspector = new Inspector(new InspectorOptions(), probe) { Snapshot = snapshot };
        var frames = new ProbeFrames(target.Address, target.Port);
        byte[][] packets = [frames.Hello(), frames.HelloBack(), frames.Request(target.Host, target.Path)];
        for (var i = 0; i < packets.Length; i++)
        {
            inspector.Inspect(new Frame(packets[i], LinkType.Raw, i));
        }

        inspector.Finish();
        return probe._first;
    }

    public void OnDetection(Detection detection) => _first ??= detection;
}
