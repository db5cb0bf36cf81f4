using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Flows;

public sealed class FlowTableTests
{
    [Fact]
    public void BothDirections_AreOneFlow()
    {
        var replaying = Replaying.Of([Datagram("192.168.0.2", 4000, "203.0.113.5", 4001), Datagram("203.0.113.5", 4001, "192.168.0.2", 4000)]);

        var flow = Assert.Single(replaying.Records("flow"));
        Assert.Equal("192.168.0.2", (string?)flow["src_ip"]);
        Assert.Equal((1, 1), ((int)flow["flow"]!["pkts_toserver"]!, (int)flow["flow"]!["pkts_toclient"]!));
    }

    [Fact]
    public void IdleFlow_EndsWhenItsTimeIsOver_NotBefore()
    {
        var replaying = new Replaying(options: new InspectorOptions { Flows = new FlowOptions { NewTimeoutSeconds = 30 } });
        replaying.Feed(Datagram("10.0.0.1", 1, "10.0.0.2", 2));

        replaying.Feed(Datagram("10.0.0.3", 1, "10.0.0.4", 2), pauseMilliseconds: 29_000);
        Assert.Equal(2, replaying.Inspector.Counters.ActiveFlows);
        replaying.Feed(Datagram("10.0.0.3", 1, "10.0.0.4", 2), pauseMilliseconds: 3_000);

        Assert.Equal(1, replaying.Inspector.Counters.ActiveFlows);
    }

    [Fact]
    public void BlockedFlowThatGoesOn_DoesNotKeepOthersFromEnding()
    {
        var patterns = new TestPatterns().Address("203.0.113.66", PatternKind.CommandAndControl, "evilbot");
        var replaying = new Replaying(new DetectionSnapshot(patterns, PolicySet.Default));
        var blocked = Datagram("10.0.0.1", 1, "203.0.113.66", 2);
        replaying.Feed(blocked);
        replaying.Feed(Datagram("10.0.0.3", 1, "10.0.0.4", 2));
        for (var second = 0; second < 60; second++)
        {
            replaying.Feed(blocked, pauseMilliseconds: 1000);
        }

        Assert.Equal(1, replaying.Inspector.Counters.ActiveFlows);
    }

    [Fact]
    public void Flood_ThatGoesIdleAtOnce_IsEndedGradually()
    {
        var replaying = new Replaying();
        for (var i = 0; i < 1000; i++)
        {
            replaying.Feed(Datagram("10.0.0.1", (ushort)(1000 + i), "10.0.0.2", 2), pauseMilliseconds: 0);
        }

        replaying.Feed(Datagram("10.0.0.3", 1, "10.0.0.4", 2), pauseMilliseconds: 60_000);
        Assert.Equal(1000 - 64 + 1, replaying.Inspector.Counters.ActiveFlows);
        for (var i = 0; i < 16; i++)
        {
            replaying.Feed(Datagram("10.0.0.3", 1, "10.0.0.4", 2), pauseMilliseconds: 0);
        }

        Assert.Equal(1, replaying.Inspector.Counters.ActiveFlows);
    }

    [Fact]
    public void FullTable_GivesUpUnansweredFlowsFirst()
    {
        var replaying = new Replaying(options: new InspectorOptions { Flows = new FlowOptions { MaxFlows = 100 } });
        replaying.Feed(Datagram("10.9.9.9", 7, "10.8.8.8", 8));
        replaying.Feed(Datagram("10.8.8.8", 8, "10.9.9.9", 7));
        for (var i = 0; i < 1000; i++)
        {
            replaying.Feed(Datagram("10.0.0.1", (ushort)(1000 + i), "10.0.0.2", 2));
        }

        replaying.Feed(Datagram("10.9.9.9", 7, "10.8.8.8", 8));
        replaying.Finish();

        Assert.Equal(901, replaying.Inspector.Counters.EvictedFlows);
        var answered = Assert.Single(replaying.Records("flow"), flow => (string?)flow["src_ip"] == "10.9.9.9");
        Assert.Equal(2, (int)answered["flow"]!["pkts_toserver"]!);
    }

    [Fact]
    public void EveryFlow_IsReportedOnceAndPacketsBalance()
    {
        var random = new Random(1);
        var replaying = new Replaying(options: new InspectorOptions { Flows = new FlowOptions { MaxFlows = 50, NewTimeoutSeconds = 1 } });
        for (var i = 0; i < 3000; i++)
        {
            replaying.Feed(Datagram($"10.0.0.{random.Next(1, 20)}", (ushort)random.Next(1, 30), "10.1.0.1", 53000), pauseMilliseconds: random.Next(30));
        }

        replaying.Finish();
        var flows = replaying.Records("flow");
        Assert.Equal(replaying.Inspector.Counters.Flows, flows.Count);
        Assert.Equal(3000, flows.Sum(flow => (int)flow["flow"]!["pkts_toserver"]! + (int)flow["flow"]!["pkts_toclient"]!));
    }

    [Fact]
    public void SteadyState_AllocatesNothingPerPacket()
    {
        var inspector = new Inspector(new InspectorOptions(), new Replaying());
        var frames = new TcpConversation(100).Client(new string('x', 5000)).Frames;
        void Round()
        {
            foreach (var frame in frames)
            {
                inspector.Inspect(new Inspection.Packets.Frame(frame, Inspection.Packets.LinkType.Ethernet, 1));
            }
        }

        Round();
        Assert.Equal(0, Allocations.OfEachRound(Round));
    }

    private static byte[] Datagram(string source, ushort sourcePort, string destination, ushort destinationPort) =>
        FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip(source, destination, 17, FrameBuilder.Udp(sourcePort, destinationPort, "x"u8)));
}
