using System.Buffers.Binary;
using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Tests.Traffic;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Tests.Detectors;

public sealed class DetectorSetTests
{
    private static readonly TestPatterns Patterns = new TestPatterns()
        .Name("c2.example", PatternKind.CommandAndControl, "evilbot")
        .Name("casino.example", PatternKind.Category, "gambling")
        .Name("share.example", PatternKind.Application, "fileshare")
        .Address("203.0.113.66", PatternKind.CommandAndControl, "evilbot")
        .Url("blog.example/gate.php", PatternKind.CommandAndControl, "evilbot");

    [Fact]
    public void HttpRequest_ToABlockedCategory_IsBlockedAndSaysWhy()
    {
        var replaying = Replaying.Of(Request("www.casino.example", "/play"), snapshot: Policy(categories: ["gambling"]));

        var detection = Assert.Single(replaying.Detections);
        Assert.Equal(DetectionKind.Category, detection.Kind);
        Assert.Equal(VerdictAction.Block, detection.Action);
        Assert.Equal(("gambling", "casino.example", "test-feed", "test-1"), (detection.Name, detection.Rule, detection.RuleSource, detection.PackVersion));
        Assert.Equal(("192.168.1.10", "203.0.113.80"), (detection.Terminal.ToString(), detection.Remote.ToString()));
        Assert.Equal(("www.casino.example", "/play", false), (detection.Host, detection.Url, detection.IsLookup));
    }

    [Fact]
    public void BlockedFlow_StaysBlocked_ForTheSameReason()
    {
        var replaying = new Replaying(Policy(categories: ["gambling"]));
        var verdicts = Request("casino.example", "/").Select(frame => replaying.Feed(frame)).ToList();

        Assert.All(verdicts.Skip(3), verdict => Assert.Equal("casino.example", verdict.Detection?.Rule));
        Assert.All(verdicts.Take(3), verdict => Assert.Equal(VerdictAction.Accept, verdict.Action));
    }

    [Fact]
    public void AllowList_ComesBeforeBlockListAndCategory()
    {
        var snapshot = Policy(allow: ["good.casino.example"], block: ["casino.example"], categories: ["gambling"]);

        Assert.Empty(Replaying.Of(Request("good.casino.example", "/"), snapshot: snapshot).Detections);
        Assert.Equal(DetectionKind.Url, Assert.Single(Replaying.Of(Request("bad.casino.example", "/"), snapshot: snapshot).Detections).Kind);
    }

    [Fact]
    public void AllowList_DoesNotHideACommandAndControlServer()
    {
        var replaying = Replaying.Of(Request("c2.example", "/"), snapshot: Policy(allow: ["c2.example"]));

        Assert.Equal(DetectionKind.CommandAndControl, Assert.Single(replaying.Detections).Kind);
    }

    [Fact]
    public void MonitorMode_ReportsAndLetsPass()
    {
        var snapshot = new DetectionSnapshot(Patterns, Compile(new PolicySettings { CommandAndControl = FunctionMode.Monitor }));
        var replaying = new Replaying(snapshot);

        Assert.All(Request("c2.example", "/"), frame => Assert.Equal(VerdictAction.Accept, replaying.Feed(frame).Action));
        Assert.Equal(VerdictAction.Accept, Assert.Single(replaying.Detections).Action);
    }

    [Fact]
    public void DnsQuery_ForACommandAndControlName_IsADetection_ForACategoryIsNot()
    {
        var snapshot = Policy(categories: ["gambling"]);

        var detection = Assert.Single(Replaying.Of([Query("a.b.C2.example")], snapshot: snapshot).Detections);
        Assert.Equal(("evilbot", "a.b.c2.example", true), (detection.Name, detection.Host, detection.IsLookup));
        Assert.Empty(Replaying.Of([Query("casino.example")], snapshot: snapshot).Detections);
    }

    [Theory]
    [InlineData("300f020103", 20)] // an SNMPv3 message's first bytes
    [InlineData("1703030010", 20)]
    [InlineData("30820004020100", 1)]
    public void DnsQuery_BehindDatagramsOfSomethingElse_IsStillFound(string firstBytes, int datagrams)
    {
        byte[] other = [.. Convert.FromHexString(firstBytes), .. new byte[40]];
        var frames = Enumerable.Repeat(FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("192.168.1.10", "192.168.1.1", 17, FrameBuilder.Udp(40000, 53, other))), datagrams);

        var replaying = Replaying.Of([.. frames, Query("c2.example")], snapshot: Policy());

        Assert.Equal("c2.example", Assert.Single(replaying.Detections).Rule);
    }

    [Fact]
    public void DnsQuery_InAFlowTakenForSnmp_IsStillFound()
    {
        // A whole SNMPv1 GetRequest: the flow is known as SNMP before the question comes.
        var snmp = Convert.FromHexString("302602010004067075626c6963a019020101020100020100300e300c06082b060102010101000500");
        var first = FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("192.168.1.10", "192.168.1.1", 17, FrameBuilder.Udp(40000, 53, snmp)));

        var replaying = new Replaying(Policy());

        Assert.False(replaying.Feed(first).IsDecided);
        replaying.Feed(Query("c2.example"));
        replaying.Finish();

        Assert.Equal("c2.example", Assert.Single(replaying.Detections).Rule);
        Assert.Single(replaying.Records("snmp"));
        Assert.Equal("dns", (string?)Assert.Single(replaying.Records("flow"))["app_proto"]);
    }

    [Fact]
    public void Address_OfACommandAndControlServer_IsDetectedOnTheFirstPacket()
    {
        var replaying = new Replaying(Policy());

        var verdict = replaying.Feed(new TcpConversation(server: "203.0.113.66").Frames[0]);

        Assert.Equal(("203.0.113.66", VerdictAction.Block), (verdict.Detection?.Rule, verdict.Action));
    }

    [Theory]
    [InlineData("/gate.php?id=1", true)]
    [InlineData("/./x/../%67ate.php", true)]
    [InlineData("http://blog.example/gate.php", true)]
    [InlineData("/index.html", false)]
    public void Url_OfACommandAndControlServer_IsFoundInEverySpelling(string target, bool expected) =>
        Assert.Equal(expected, Replaying.Of(Request("blog.example", target), snapshot: Policy()).Detections.Count == 1);

    [Theory]
    [InlineData("SHARE.example")]
    [InlineData("share.example.")]
    [InlineData("x.share.example")]
    public void ServerName_OfABlockedApplication_IsFoundHoweverWritten(string name)
    {
        var replaying = Replaying.Of(new TcpConversation(5, serverPort: 443).Client(ClientHello(name)).End().Frames, snapshot: Policy(applications: ["fileshare"]));

        Assert.Equal(DetectionKind.Application, Assert.Single(replaying.Detections).Kind);
        Assert.Equal("fileshare", (string?)Assert.Single(replaying.Records("flow"))["app"]);
    }

    [Fact]
    public void HostileBytes_InARequest_StayInsideTheRecord()
    {
        var replaying = Replaying.Of(Request("c2.example", "/\"}\t{\"x\":\u0001\u00ff"), snapshot: Policy());

        Assert.Single(replaying.Records("alert"));
        Assert.Single(replaying.Records("http"));
    }

    private static DetectionSnapshot Policy(string[]? allow = null, string[]? block = null, string[]? categories = null, string[]? applications = null) =>
        new(Patterns, Compile(new PolicySettings
        {
            Allow = allow ?? [],
            Block = block ?? [],
            BlockedCategories = categories ?? [],
            BlockedApplications = applications ?? [],
        }));

    private static PolicySet Compile(PolicySettings settings) =>
        PolicySet.TryCompile(settings, out var policy, out var problems) ? policy : throw new InvalidOperationException(string.Join(' ', problems));

    private static List<byte[]> Request(string host, string target) =>
        new TcpConversation().Client($"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").End().Frames;

    private static byte[] Query(string name)
    {
        byte[] message = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(Label), 0, 0, 1, 0, 1];
        return FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("192.168.1.10", "192.168.1.1", 17, FrameBuilder.Udp(40000, 53, message)));

        static byte[] Label(string label) => [(byte)label.Length, .. Encoding.ASCII.GetBytes(label)];
    }

    private static byte[] ClientHello(string name)
    {
        var host = Encoding.ASCII.GetBytes(name);
        byte[] extension = [0, 0, .. U16(host.Length + 5), .. U16(host.Length + 3), 0, .. U16(host.Length), .. host];
        byte[] body = [3, 3, .. new byte[32], 0, 0, 2, 0x13, 0x01, 1, 0, .. U16(extension.Length), .. extension];
        byte[] message = [1, 0, .. U16(body.Length), .. body];
        return [22, 3, 1, .. U16(message.Length), .. message];
    }

    private static byte[] U16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
