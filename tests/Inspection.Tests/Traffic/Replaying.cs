using System.Text;
using System.Text.Json.Nodes;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Tests.Traffic;

/// <summary>Runs frames through a fresh inspector and keeps what came out.</summary>
internal sealed class Replaying : IDetectionSink, IRecordOutput
{
    private readonly StringBuilder _lines = new();
    private long _time = 1_700_000_000_000_000_000;

    public Replaying(DetectionSnapshot? snapshot = null, InspectorOptions? options = null)
    {
        Inspector = new Inspector(options ?? new InspectorOptions(), this, this);
        Inspector.Snapshot = snapshot ?? DetectionSnapshot.Empty;
    }

    public Inspector Inspector { get; }

    public List<Detection> Detections { get; } = [];

    /// <summary>The EVE lines as written.</summary>
    public string Lines => _lines.ToString();

    /// <summary>Runs frames, a millisecond apart, and ends all flows.</summary>
    public static Replaying Of(IEnumerable<byte[]> frames, LinkType link = LinkType.Ethernet, DetectionSnapshot? snapshot = null, InspectorOptions? options = null)
    {
        var replaying = new Replaying(snapshot, options);
        foreach (var frame in frames)
        {
            replaying.Feed(frame, link);
        }

        return replaying.Finish();
    }

    public Verdict Feed(byte[] frame, LinkType link = LinkType.Ethernet, long pauseMilliseconds = 1)
    {
        _time += pauseMilliseconds * 1_000_000;
        return Inspector.Inspect(new Frame(frame, link, _time));
    }

    public Replaying Finish()
    {
        Inspector.Finish();
        return this;
    }

    /// <summary>The records of one type, in order.</summary>
    public IReadOnlyList<JsonNode> Records(string eventType) =>
    [
        .. Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .Where(record => (string?)record["event_type"] == eventType),
    ];

    void IDetectionSink.OnDetection(Detection detection) => Detections.Add(detection);

    void IRecordOutput.Write(ReadOnlySpan<byte> lines) => _lines.Append(Encoding.UTF8.GetString(lines));
}
