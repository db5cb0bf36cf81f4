using System.Text;
using MediaSecurityLite.Inspection.Streams;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Streams;

/// <summary>Segments that one side, or a stranger, makes up so that the engine reads something else than the receiver does.</summary>
public sealed class HostileConnectionTests
{
    private const byte Fin = 0x01;
    private const byte Syn = 0x02;
    private const byte Rst = 0x04;
    private const byte Ack = 0x10;

    /// <summary>The numbers of <see cref="TcpConversation"/>'s first bytes.</summary>
    private const uint Client = 1001;
    private const uint Server = 900_001;

    private const string Request = "GET /a HTTP/1.1\r\nHost: www.example.test\r\n\r\n";
    private const string Response = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    private static readonly List<byte[]> Plain = new TcpConversation().Client(Request).Server(Response).End().Frames;
    private static readonly byte[][] Handshake = [.. Plain.Take(3)];

    [Fact]
    public void SecondSynAck_WithAnotherNumber_IsNotBelievedUnlessTheClientAnswersIt()
    {
        var forged = FromServer(Server + 70_000, Client, Syn | Ack);

        var replaying = Replaying.Of([.. Plain.Take(2), forged, .. Plain.Skip(2)]);
        var first = Replaying.Of([Plain[0], forged, .. Plain.Skip(1)]);

        Assert.All([replaying, first], AssertReadsTheExchange);
        Assert.Equal(1, replaying.Inspector.Counters.Streams.OtherSyn);
    }

    [Fact]
    public void SynAck_ForAnotherSyn_CountsForNothing()
    {
        var replaying = Replaying.Of([Plain[0], FromServer(5, 77_777, Syn | Ack), .. Plain.Skip(1)]);

        AssertReadsTheExchange(replaying);
        Assert.Equal(1, replaying.Inspector.Counters.Streams.OutOfWindow);
        Assert.Equal(0, replaying.Inspector.Counters.Streams.OtherSyn);
    }

    [Fact]
    public void SecondSyn_WithAnotherNumber_TheServersAnswerTellsWhichCounts() =>
        AssertReadsTheExchange(Replaying.Of([Plain[0], FromClient(55_555, 0, Syn), .. Plain.Skip(1)]));

    [Fact]
    public void SplitHandshake_IsAConnection()
    {
        // Both sides send a SYN of their own and acknowledge the other's (RFC 9293, 3.5, figure 8).
        byte[][] opening = [FromClient(Client - 1, 0, Syn), FromServer(Server - 1, 0, Syn), FromClient(Client - 1, Server, Syn | Ack), FromServer(Server, Client, Ack)];

        AssertReadsTheExchange(Replaying.Of([.. opening, .. Plain.Skip(3)]));
    }

    [Fact]
    public void FastOpen_DataOfARepeatedSyn_IsReadOnce()
    {
        var opening = FromClient(Client - 1, 0, Syn, Request);
        byte[][] frames = [opening, opening, FromServer(Server - 1, Client + (uint)Request.Length, Syn | Ack), FromClient(Client + (uint)Request.Length, Server, Ack)];

        Assert.Single(Replaying.Of(frames).Records("http"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void Reset_ThatTheReceiverWouldOnlyChallenge_DoesNotEndTheConnection(int away)
    {
        var replaying = Replaying.Of([.. Handshake, FromClient((uint)(Client + away), Server, Rst), .. Plain.Skip(3)]);

        AssertReadsTheExchange(replaying);
        Assert.Equal(1, replaying.Inspector.Counters.Streams.OutOfWindow);
        Assert.Equal(0, replaying.Inspector.Counters.Streams.Resumed);
    }

    [Fact]
    public void Reset_AtTheRightNumber_EndsTheConnection()
    {
        var frames = new TcpConversation().Client(Request).Server(Response).ResetByServer().Frames;

        Assert.Equal("closed", (string?)Replaying.Of(frames).Records("flow")[0]["flow"]!["state"]);
    }

    [Fact]
    public void Reset_AfterWhichTheSameSideGoesOn_WasNone()
    {
        // A reset that dies before the receiver: the engine sees it, the server does not.
        var replaying = Replaying.Of([.. Handshake, FromClient(Client, Server, Rst), .. Plain.Skip(3)]);

        AssertReadsTheExchange(replaying);
        Assert.Equal(1, replaying.Inspector.Counters.Streams.Resumed);
    }

    [Fact]
    public void Reset_InTheMiddleOfARequest_DoesNotHideTheRest()
    {
        var frames = new TcpConversation(20).Client(Request).Server(Response).End().Frames;

        AssertReadsTheExchange(Replaying.Of([.. frames.Take(4), FromClient(Client + 20, Server, Rst | Ack), .. frames.Skip(4)]));
    }

    [Fact]
    public void RefusalOfASyn_ThatDoesNotReachTheClient_DoesNotHideTheConnection() =>
        AssertReadsTheExchange(Replaying.Of([Plain[0], FromServer(0, Client, Rst | Ack), .. Plain.Skip(1)]));

    [Fact]
    public void DataBehindTheResetOfTheOtherSide_IsStillReadButTheConnectionStaysClosed()
    {
        // What was under way when the server gave up.
        var replaying = Replaying.Of([.. Handshake, FromServer(Server, Client, Rst), FromClient(Client, Server, Ack, Request)]);

        Assert.Single(replaying.Records("http"));
        Assert.Equal("closed", (string?)replaying.Records("flow")[0]["flow"]!["state"]);
    }

    [Theory]
    [InlineData(-500)]
    [InlineData(40_000_000)]
    public void Fin_OutsideOfTheStream_DoesNotEndIt(int away)
    {
        var replaying = Replaying.Of([.. Handshake, FromClient((uint)(Client + away), Server, Fin | Ack), .. Plain.Skip(3)]);

        AssertReadsTheExchange(replaying);
        Assert.Equal(1, replaying.Inspector.Counters.Streams.OutOfWindow);
    }

    [Fact]
    public void Fin_BehindWhichDataGoesOn_WasNone()
    {
        var frames = new TcpConversation(20).Client(Request).Server(Response).End().Frames;
        var replaying = Replaying.Of([.. frames.Take(4), FromClient(Client + 20, Server, Fin | Ack), .. frames.Skip(4)]);

        AssertReadsTheExchange(replaying);
        Assert.Equal(1, replaying.Inspector.Counters.Streams.Resumed);
        Assert.Equal("closed", (string?)replaying.Records("flow")[0]["flow"]!["state"]);
    }

    [Fact]
    public void Fins_OfBothSides_DoNotHideWhatComesAfterThem()
    {
        byte[][] ended = [FromClient(Client, Server, Fin | Ack), FromServer(Server, Client, Fin | Ack)];

        AssertReadsTheExchange(Replaying.Of([.. Handshake, .. ended, .. Plain.Skip(3)]));
    }

    [Fact]
    public void Acknowledgment_OfWhatWasNeverSent_IsNotBelieved()
    {
        var frames = new TcpConversation(20).Client(Request).Server(Response).End().Frames;

        // Were it believed, the piece that is late would be passed over as lost.
        var forged = FromServer(Server, Client + 30_000, Ack);
        var replaying = Replaying.Of([.. Handshake, forged, frames[4], frames[3], .. frames.Skip(5)]);

        AssertReadsTheExchange(replaying);
        Assert.Equal((1, 0), (replaying.Inspector.Counters.Streams.OutOfWindow, replaying.Inspector.Counters.Streams.Gaps));
    }

    [Theory]
    [InlineData(-1, 1000)]
    [InlineData(0, 1000)]
    [InlineData(2, 4000)]
    public void Data_BeyondTheWindowThatWasOffered_IsNotKept(int shift, int room)
    {
        var forged = "POST /forged HTTP/1.1\r\n";
        byte[][] opening =
        [
            FrameOf(true, FrameBuilder.Tcp(40000, 80, Client - 1, 0, Syn, [], window: 1000, windowShift: 0)),
            FrameOf(false, FrameBuilder.Tcp(80, 40000, Server - 1, Client, Syn | Ack, [], window: 1000, windowShift: shift)),
            FromClient(Client, Server, Ack),
            FrameOf(false, FrameBuilder.Tcp(80, 40000, Server, Client, Ack, [], window: 1000)),
        ];

        var outside = Replaying.Of([.. opening, FromClient(Client + (uint)room + 1, Server, Ack, forged)]);
        var inside = Replaying.Of([.. opening, FromClient(Client + (uint)room, Server, Ack, forged)]);

        Assert.Equal((1, 0), (outside.Inspector.Counters.Streams.OutOfWindow, outside.Inspector.Counters.Streams.OutOfOrder));
        Assert.Equal((0, 1), (inside.Inspector.Counters.Streams.OutOfWindow, inside.Inspector.Counters.Streams.OutOfOrder));
    }

    [Theory]
    [InlineData(OverlapPolicy.First, "/a")]
    [InlineData(OverlapPolicy.Last, "/b")]
    public void Overlap_OfWaitingSegments_IsResolvedAsConfigured(OverlapPolicy policy, string url)
    {
        var other = Request.Replace("/a", "/b", StringComparison.Ordinal);
        byte[][] frames =
        [
            .. Handshake, FromClient(Client + 3, Server, Ack, Request[3..]), FromClient(Client + 3, Server, Ack, other[3..]), FromClient(Client, Server, Ack, Request[..3]),
        ];

        var replaying = Replaying.Of(frames, options: new InspectorOptions { Streams = new StreamOptions { Overlap = policy } });

        Assert.Equal(url, (string?)Assert.Single(replaying.Records("http"))["http"]!["url"]);
        Assert.Equal(1, replaying.Inspector.Counters.Streams.Conflicts);
    }

    [Fact]
    public void SegmentsInOrder_AreReadThoughNothingMoreMayWait()
    {
        // Every second byte waits until no more may; then the whole comes in one segment.
        var options = new InspectorOptions { Streams = new StreamOptions { MaxOutOfOrderSegments = 8 } };
        var early = Enumerable.Range(0, 20).Select(i => FromClient(Client + 1 + (2 * (uint)i), Server, Ack, Request.Substring(1 + (2 * i), 1)));

        var replaying = Replaying.Of([.. Handshake, .. early, .. Plain.Skip(3)], options: options);

        AssertReadsTheExchange(replaying);
        Assert.Equal(12, replaying.Inspector.Counters.Streams.NotKept);
    }

    private static void AssertReadsTheExchange(Replaying replaying)
    {
        var http = Assert.Single(replaying.Records("http"))["http"]!;
        Assert.Equal(("www.example.test", "/a", 200, 5), ((string?)http["hostname"], (string?)http["url"], (int?)http["status"], (int?)http["length"]));
    }

    private static byte[] FromClient(uint sequence, uint acknowledgment, byte flags, string data = "") =>
        FrameOf(true, FrameBuilder.Tcp(40000, 80, sequence, acknowledgment, flags, Encoding.Latin1.GetBytes(data)));

    private static byte[] FromServer(uint sequence, uint acknowledgment, byte flags) =>
        FrameOf(false, FrameBuilder.Tcp(80, 40000, sequence, acknowledgment, flags, []));

    private static byte[] FrameOf(bool isClient, byte[] segment) => FrameBuilder.Ethernet(
        0x0800, FrameBuilder.Ip(isClient ? "192.168.1.10" : "203.0.113.80", isClient ? "203.0.113.80" : "192.168.1.10", 6, segment));
}
