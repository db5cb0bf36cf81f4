using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Tests.Protocols.Tls;
using MediaSecurityLite.Inspection.Tests.Traffic;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Tests.Verdicts;

/// <summary>Inline only what clients send is shown, and a decided flow not at all: what is decided when, and that nothing slips by.</summary>
public sealed class InlineVerdictTests
{
    private static readonly DetectionSnapshot Snapshot = new(
        new TestPatterns().Name("c2.example", PatternKind.CommandAndControl, "evilbot"),
        PolicySet.TryCompile(new PolicySettings { Block = ["bad.example"] }, out var policy, out _) ? policy : throw new InvalidOperationException());

    [Fact]
    public void Handshake_IsUndecided() => Assert.False(Last([Connection().Frames[0]]).IsDecided);

    [Fact]
    public void ClientHello_OfAnInnocentName_Decides() =>
        Assert.Equal((VerdictAction.Accept, true), Outcome(Client(Connection(serverPort: 443).Client(Hello("good.example")))));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void ClientHello_CutIntoSegments_IsBlockedByItsLast(int segmentLength)
    {
        var frames = Client(Connection(segmentLength, 443).Client(Hello("bad.example")));
        var inline = Inline();

        var verdicts = frames.Select(frame => inline.Feed(frame)).ToList();

        Assert.All(verdicts.SkipLast(1), verdict => Assert.False(verdict.IsDecided));
        Assert.Equal(VerdictAction.Block, verdicts[^1].Action);
    }

    [Fact]
    public void ClientHello_ItsSecondSegmentFirst_IsBlocked()
    {
        var frames = Client(Connection(150, 443).Client(Hello("bad.example")));
        (frames[1], frames[2]) = (frames[2], frames[1]);

        Assert.Equal(VerdictAction.Block, Last(frames).Action);
    }

    [Fact]
    public void HttpRequest_IsNeverTheLastWord()
    {
        var frames = Client(Connection().Client(Get("good.example")).Client(Get("good.example")).Client(Get("bad.example")));
        var inline = Inline();

        var verdicts = frames.Select(frame => inline.Feed(frame)).ToList();

        Assert.All(verdicts.SkipLast(1), verdict => Assert.Equal((VerdictAction.Accept, false), (verdict.Action, verdict.IsDecided)));
        Assert.Equal(VerdictAction.Block, verdicts[^1].Action);
    }

    [Fact]
    public void UnknownProtocol_IsDecidedOnceEnoughWasSeen()
    {
        var frames = Client(Connection(1000).Client(new byte[5000]));

        Assert.Equal((VerdictAction.Accept, true), Outcome(frames));
    }

    [Fact]
    public void DecidedFlow_IsForgotten()
    {
        var inline = Inline();
        foreach (var frame in Client(Connection(serverPort: 443).Client(Hello("good.example"))))
        {
            inline.Feed(frame);
        }

        Assert.Equal(0, inline.Inspector.Counters.ActiveFlows);
    }

    [Fact]
    public void PortsUsedAgain_BeginANewConnection()
    {
        var first = Client(Connection().Client(Get("good.example")));
        var second = Client(Connection().Client(Get("bad.example")));

        Assert.Equal(VerdictAction.Block, Last([.. first, .. second]).Action);
    }

    [Fact]
    public void DnsQuestions_OfOneSocket_AreJudgedOneByOne()
    {
        var inline = Inline();

        var verdicts = new[] { "good.example", "c2.example", "good.example", "c2.example" }
            .Select(name => inline.Feed(Question(name)).Action);

        Assert.Equal([VerdictAction.Accept, VerdictAction.Block, VerdictAction.Accept, VerdictAction.Block], verdicts);
        Assert.Single(inline.Detections);
    }

    private static Replaying Inline() => new(Snapshot, new InspectorOptions { IsInline = true });

    private static Verdict Last(IEnumerable<byte[]> frames)
    {
        var inline = Inline();
        return frames.Select(frame => inline.Feed(frame)).ToList()[^1];
    }

    private static (VerdictAction Action, bool IsDecided) Outcome(IEnumerable<byte[]> frames)
    {
        var verdict = Last(frames);
        return (verdict.Action, verdict.IsDecided);
    }

    private static TcpConversation Connection(int segmentLength = 1400, ushort serverPort = 80) => new(segmentLength, serverPort: serverPort);

    private static byte[] Hello(string name) => TlsBytes.Handshake(TlsBytes.BrowserHello(name));

    private static string Get(string host) => $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n";

    /// <summary>What the rule set shows of a conversation: the client's SYN and what carries data.</summary>
    private static List<byte[]> Client(TcpConversation conversation) =>
        [.. conversation.Frames.Where(frame => frame.AsSpan(26, 4).SequenceEqual<byte>([192, 168, 1, 10]) && ((frame[47] & 2) != 0 || frame.Length > 54))];

    private static byte[] Question(string name) => FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("192.168.1.10", "203.0.113.53", 17, FrameBuilder.Udp(40000, 53,
    [
        0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. System.Text.Encoding.ASCII.GetBytes(label)]),
        0, 0, 1, 0, 1,
    ])));
}
