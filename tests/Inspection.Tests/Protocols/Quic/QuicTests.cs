using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Tests.Protocols.Tls;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Quic;

public sealed class QuicTests
{
    private static readonly byte[] Hello = TlsBytes.BrowserHello();

    [Theory]
    [InlineData(QuicBytes.V1, "1")]
    [InlineData(QuicBytes.V2, "6b3343cf")]
    [InlineData(QuicBytes.Draft29, "ff00001d")]
    public void Initial_WithWholeHello_NamesTheServer(uint version, string name)
    {
        var quic = Assert.Single(Replay(Client(QuicBytes.Initial(QuicBytes.Crypto(0, Hello), version))).Records("quic"))["quic"]!;

        Assert.Equal(name, (string?)quic["version"]);
        Assert.Equal("www.example.test", (string?)quic["sni"]);
        Assert.Equal("q13d1516h2_8daaf6152771_e5627efa2ab1", (string?)quic["ja4"]);
        Assert.Equal(["h2", "http/1.1"], Values(quic, "alpn"));
        Assert.Equal(["www.example.test"], Values(quic, "server_name"));
    }

    [Fact]
    public void Hello_OnTheDetectorsList_IsDetected()
    {
        var patterns = new TestPatterns().Name("example.test", PatternKind.CommandAndControl, "family");
        var replaying = new Replaying(new DetectionSnapshot(patterns, PolicySet.Default));
        replaying.Feed(Client(QuicBytes.Initial(QuicBytes.Crypto(0, Hello))));

        Assert.Equal("www.example.test", Assert.Single(replaying.Detections).Host);
    }

    [Property(MaxTest = 100)]
    public bool Hello_CutAndShuffledOverPackets_IsTheSame(int seed)
    {
        var random = new Random(seed);
        var pieces = QuicBytes.CryptoPieces(Hello, random.Next(11, Hello.Length));
        random.Shuffle(pieces);
        var packets = pieces.Chunk(random.Next(1, 12))
            .Select((chunk, number) => Client(QuicBytes.Initial([.. chunk.SelectMany(frame => (byte[])[1, 0, 0, .. frame])], packetNumber: number)));

        return (string?)Replay([.. packets]).Records("quic").Single()["quic"]!["sni"] == "www.example.test";
    }

    [Fact]
    public void Datagram_WithTwoPackets_ReadsBoth()
    {
        var half = Hello.Length / 2;
        byte[] datagram =
        [
            .. QuicBytes.Initial(QuicBytes.Crypto(half, Hello[half..]), size: 0),
            .. QuicBytes.Initial(QuicBytes.Crypto(0, Hello[..half]), packetNumber: 1, size: 0),
        ];

        Assert.Single(Replay(Client(datagram)).Records("quic"));
    }

    [Fact]
    public void Hello_SentAgain_IsReportedOnce()
    {
        var packet = Client(QuicBytes.Initial(QuicBytes.Crypto(0, Hello)));

        Assert.Single(Replay(packet, packet, packet).Records("quic"));
    }

    [Fact]
    public void Retry_MakesTheClientBeginAgainWithOtherKeys()
    {
        byte[] other = [9, 8, 7, 6, 5, 4, 3, 2];
        var replaying = Replay(
            Client(QuicBytes.Initial(QuicBytes.Crypto(0, Hello))),
            Server(QuicBytes.Retry(QuicBytes.V1, other)),
            Client(QuicBytes.Initial(QuicBytes.Crypto(0, TlsBytes.BrowserHello("second.example")), id: other, token: new byte[60])));

        Assert.Equal(["www.example.test", "second.example"], replaying.Records("quic").Select(record => (string?)record["quic"]!["sni"]));
    }

    [Fact]
    public void FirstPacketLost_HelloIsStillReadOnceSentAgain()
    {
        var half = Hello.Length / 2;
        var replaying = Replay(
            Client(QuicBytes.Initial(QuicBytes.Crypto(half, Hello[half..]), packetNumber: 1)),
            Client(QuicBytes.Initial(QuicBytes.Crypto(0, Hello[..half]), packetNumber: 2)));

        Assert.Equal("www.example.test", (string?)Assert.Single(replaying.Records("quic"))["quic"]!["sni"]);
    }

    [Fact]
    public void Packet_WithWrongTag_IsNotRead()
    {
        var packet = QuicBytes.Initial(QuicBytes.Crypto(0, Hello));
        packet[^1] ^= 1;

        var quic = Assert.Single(Replay(Client(packet)).Records("quic"))["quic"]!;
        Assert.Equal("1", (string?)quic["version"]);
        Assert.Null(quic["sni"]);
    }

    [Theory]
    [InlineData("Q043", "43,SNI-VER-UAID")]
    [InlineData("Q046", "46,SNI-VER-UAID")]
    public void GoogleHello_InClear_NamesTheServer(string version, string fingerprint)
    {
        var hello = QuicBytes.GoogleHello(("SNI", "www.example.test"), ("VER", version), ("UAID", "browser 1"));
        byte[] name = [.. version.Select(character => (byte)character)];
        byte[] packet = version == "Q043"
            ? [0x0D, .. new byte[8], .. name, 1, .. new byte[12], 0xA0, 1, 0, (byte)hello.Length, .. hello]
            : [0xC3, .. name, 0x50, .. new byte[8], 0, 0, 0, 1, .. new byte[12], 0xA0, 1, 0, (byte)hello.Length, .. hello];

        var quic = Assert.Single(Replay(Client(packet)).Records("quic"))["quic"]!;
        Assert.Equal(version, (string?)quic["version"]);
        Assert.Equal("www.example.test", (string?)quic["sni"]);
        Assert.Equal("browser 1", (string?)quic["ua"]);
        Assert.Equal(fingerprint, (string?)quic["cyu"]![0]!["string"]);
    }

    [Fact]
    public void Crypto_BeyondTheBounds_IsCountedAsMalformed()
    {
        var replaying = Replay(Client(QuicBytes.Initial(QuicBytes.Crypto(1_000_000, Hello))));

        Assert.Equal(1, replaying.Inspector.Counters.MalformedMessages);
    }

    [Fact]
    public void SteadyState_AfterTheHello_AllocatesNothing()
    {
        var replaying = new Replaying();
        replaying.Feed(Client(QuicBytes.Initial(QuicBytes.Crypto(0, Hello))));
        var data = Client([0x41, .. new byte[900]]);
        replaying.Feed(data);

        Assert.Equal(0, Allocations.OfEachRound(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                replaying.Feed(data);
            }
        }));
    }

    [Property(MaxTest = 300)]
    public bool Bytes_Damaged_NeverThrow(int seed)
    {
        var random = new Random(seed);
        byte[][] packets =
        [
            QuicBytes.Initial(QuicBytes.Crypto(0, Hello)),
            [0xC3, .. "Q046"u8, 0x50, .. new byte[24], .. QuicBytes.GoogleHello(("SNI", "a.example"), ("VER", "Q046"))],
            QuicBytes.Retry(QuicBytes.V1, QuicBytes.ConnectionId),
        ];
        foreach (var packet in packets)
        {
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                packet[random.Next(Math.Min(packet.Length, 60))] = (byte)random.Next(256);
            }
        }

        return Replay([.. packets.Select(packet => Client(packet[..random.Next(1, packet.Length)])), .. packets.Select(Client)]).Records("flow").Count == 1;
    }

    [Property(MaxTest = 300)]
    public bool Frames_Damaged_NeverThrow(int seed)
    {
        var random = new Random(seed);
        byte[] frames = [2, 5, 1, 1, 0, 3, 1, .. QuicBytes.Crypto(0, Hello), 0x1C, 0, 0, 0];
        for (var i = random.Next(1, 10); i > 0; i--)
        {
            frames[random.Next(frames.Length)] = (byte)random.Next(256);
        }

        return Replay(Client(QuicBytes.Initial(frames))).Records("quic").Count == 1;
    }

    private static Replaying Replay(params byte[][] frames) => Replaying.Of(frames, LinkType.Ethernet);

    private static byte[] Client(byte[] datagram) =>
        FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("192.168.1.10", "203.0.113.80", 17, FrameBuilder.Udp(50000, 4433, datagram)));

    private static byte[] Server(byte[] datagram) =>
        FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("203.0.113.80", "192.168.1.10", 17, FrameBuilder.Udp(4433, 50000, datagram)));

    private static IEnumerable<string?> Values(System.Text.Json.Nodes.JsonNode quic, string extension) =>
        quic["extensions"]!.AsArray().Single(item => (string?)item!["name"] == extension)!["values"]!.AsArray().Select(value => (string?)value);
}
