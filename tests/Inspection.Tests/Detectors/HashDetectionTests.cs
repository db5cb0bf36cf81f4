using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Tests.Traffic;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Tests.Detectors;

/// <summary>Malware is known by its digest, with and without records.</summary>
public sealed class HashDetectionTests : IDetectionSink
{
    /// <summary>SHA-256 of <c>malware</c>.</summary>
    private static readonly string Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("malware"u8));

    private readonly List<Detection> _detections = [];

    [Fact]
    public void File_WithKnownDigest_IsDetectedWithoutRecords()
    {
        Inspect(new TestPatterns().File(Digest, PatternKind.Malware, "eicar"), "malware");

        var detection = Assert.Single(_detections);
        Assert.Equal((DetectionKind.Malware, "eicar", $"sha256:{Digest}"), (detection.Kind, detection.Name, detection.Rule));
    }

    [Fact]
    public void File_WithAnotherDigest_IsNot()
    {
        Inspect(new TestPatterns().File(Digest, PatternKind.Malware, "eicar"), "nothing");

        Assert.Empty(_detections);
    }

    void IDetectionSink.OnDetection(Detection detection) => _detections.Add(detection);

    private void Inspect(TestPatterns patterns, string body)
    {
        var inspector = new Inspector(new InspectorOptions(), this) { Snapshot = new DetectionSnapshot(patterns, PolicySet.Default) };
        var talk = new TcpConversation()
            .Client("GET /a.exe HTTP/1.1\r\nHost: files.example\r\n\r\n")
            .Server($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}").End();
        var time = 0L;
        foreach (var frame in talk.Frames)
        {
            inspector.Inspect(new Frame(frame, LinkType.Ethernet, time += 1000));
        }

        inspector.Finish();
    }
}
