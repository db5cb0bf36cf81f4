using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Streams;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Streams;

public sealed class ReassemblyTests
{
    private const string Request = "GET /a?b=c HTTP/1.1\r\nHost: www.example.test\r\nUser-Agent: ua\r\n\r\n";
    private const string Response = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

    [Fact]
    public void Records_WhateverTheSegmentation_AreTheSame()
    {
        var expected = Essence(Replaying.Of(Exchange(1400)));
        for (var length = 1; length < Request.Length; length++)
        {
            Assert.Equal(expected, Essence(Replaying.Of(Exchange(length))));
        }
    }

    [Property(MaxTest = 200)]
    public bool Records_WithSegmentsReorderedAndDoubled_AreTheSame(int seed)
    {
        var random = new Random(seed);
        var frames = Exchange(7);

        // The handshake and the end stay where they are; acknowledgments are left out, for they would tell of lost data.
        var data = frames.Skip(3).Take(frames.Count - 6).Where(frame => frame.Length > 54).ToList();
        var requests = data.Take((Request.Length + 6) / 7).ToArray();
        var responses = data.Skip(requests.Length).ToArray();
        random.Shuffle(requests);
        random.Shuffle(responses);
        IEnumerable<byte[]> shuffled = [.. frames.Take(3), .. requests, .. requests, .. responses, .. responses.Take(3), .. frames.TakeLast(3)];

        return Essence(Replaying.Of(shuffled)) == Essence(Replaying.Of(frames));
    }

    [Fact]
    public void Overlap_WithOtherBytes_FirstStaysAndIsCounted()
    {
        var frames = Exchange(10);
        var forged = (byte[])frames[5].Clone();
        Array.Fill(forged, (byte)'x', 54, forged.Length - 54);

        // The third segment comes early twice, first the true one.
        var replaying = Replaying.Of([.. frames.Take(3), frames[5], forged, .. frames.Skip(3)]);

        Assert.Equal(Essence(Replaying.Of(frames)), Essence(replaying));
        Assert.Equal(1, replaying.Inspector.Counters.Streams.Conflicts);
    }

    [Fact]
    public void Gap_ThatTheReceiverAcknowledged_IsPassedOverWithinABody()
    {
        var conversation = new TcpConversation()
            .Client(Request)
            .Server("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + new string('a', 400))
            .ServerUnseen(200)
            .Server(new string('b', 400))
            .Client(Request)
            .Server(Response)
            .End();

        var replaying = Replaying.Of(conversation.Frames);

        Assert.Equal(1, replaying.Inspector.Counters.Streams.Gaps);
        Assert.Equal(2, replaying.Records("http").Count);
    }

    [Fact]
    public void Midstream_IsReadOnlyWhereAskedFor()
    {
        var frames = Exchange(1400).Skip(3).ToList();

        Assert.Empty(Replaying.Of(frames).Records("http"));
        var options = new InspectorOptions { Streams = new StreamOptions { Midstream = true } };
        Assert.Single(Replaying.Of(frames, options: options).Records("http"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Connection_WithoutOneOfItsSyns_IsMidstream(int missing)
    {
        var frames = Exchange(1400).Where((_, i) => i != missing).ToList();

        Assert.Empty(Replaying.Of(frames).Records("http"));
        var options = new InspectorOptions { Streams = new StreamOptions { Midstream = true } };
        Assert.Single(Replaying.Of(frames, options: options).Records("http"));
    }

    [Fact]
    public void Handshake_SeenInTheWrongOrder_IsAHandshake()
    {
        var frames = Exchange(1400);

        var replaying = Replaying.Of([frames[1], frames[0], .. frames.Skip(2)]);

        Assert.Equal(Essence(Replaying.Of(frames)), Essence(replaying));
    }

    [Fact]
    public void Connection_ThatOnlyOneSideSpeaksFor_IsNotRead()
    {
        // Anybody can send a SYN and a request in the name of another host; without an answer there is no connection.
        var frames = Exchange(1400).Where(frame => frame[29] == 10).ToList();

        Assert.True(frames.Count > 3);
        Assert.Empty(Replaying.Of(frames).Records("http"));
        var options = new InspectorOptions { Streams = new StreamOptions { Midstream = true } };
        Assert.Single(Replaying.Of(frames, options: options).Records("http"));
    }

    [Fact]
    public void Reset_OutsideTheWindow_DoesNotEndTheConnection()
    {
        var frames = Exchange(1400);
        var forged = FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("203.0.113.80", "192.168.1.10", 6, FrameBuilder.Tcp(80, 40000, 5, 0, 0x04, [])));

        var replaying = Replaying.Of([.. frames.Take(3), forged, .. frames.Skip(3)]);

        Assert.Single(replaying.Records("http"));
        Assert.Equal(1, replaying.Inspector.Counters.Streams.OutOfWindow);
    }

    [Fact]
    public void SameEndpointsAfterTheEnd_AreAnotherFlow()
    {
        var replaying = Replaying.Of([.. Exchange(1400), .. Exchange(1400)]);

        Assert.Equal(2, replaying.Records("http").Count);
        Assert.Equal(2, replaying.Records("flow").Count);
    }

    [Fact]
    public void ReplayingTwice_IsTheSameToTheByte() =>
        Assert.Equal(Replaying.Of(Exchange(3)).Lines, Replaying.Of(Exchange(3)).Lines);

    [Property(MaxTest = 300)]
    public void AnySegments_NeverThrowAndGiveAllMemoryBack(int seed)
    {
        var random = new Random(seed);
        var replaying = new Replaying(options: new InspectorOptions { Streams = new StreamOptions { Midstream = true, MaxOutOfOrderBytes = 4000 } });
        for (var i = 0; i < 200; i++)
        {
            var payload = new byte[random.Next(64)];
            random.NextBytes(payload);
            var isForward = random.Next(2) == 0;
            var segment = FrameBuilder.Tcp(
                isForward ? (ushort)1 : (ushort)2, isForward ? (ushort)2 : (ushort)1, (uint)random.Next(2000), (uint)random.Next(2000), (byte)random.Next(32), payload);
            replaying.Feed(FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip(isForward ? "10.0.0.1" : "10.0.0.2", isForward ? "10.0.0.2" : "10.0.0.1", 6, segment)));
        }

        replaying.Finish();
        Assert.Equal(0, replaying.Inspector.Counters.ActiveFlows);
        Assert.Equal(0, replaying.Inspector.Counters.StreamBytes);
    }

    private static List<byte[]> Exchange(int segmentLength) =>
        new TcpConversation(segmentLength).Client(Request).Server(Response).End().Frames;

    /// <summary>What must not depend on how a stream was cut: the transactions, without times.</summary>
    private static string Essence(Replaying replaying) =>
        string.Join('\n', replaying.Records("http").Select(record => record["http"]!.ToJsonString()));
}
