using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols;

public sealed class RecognitionTests
{
    public static TheoryData<string> Streams => [.. SampleStreams.All.Keys];

    public static TheoryData<string> Datagrams => [.. SampleDatagrams.All.Keys];

    [Theory]
    [MemberData(nameof(Streams))]
    public void Stream_OfAKnownProtocol_IsRecognised(string protocol) =>
        Assert.Equal(protocol, Replaying.Of(SampleStreams.Conversation(protocol, 1400).Frames).AppProtocol());

    [Theory]
    [MemberData(nameof(Streams))]
    public void Stream_WhereverItIsCut_GivesTheSameRecords(string protocol)
    {
        var expected = Replaying.Of(SampleStreams.Conversation(protocol, 1400).Frames).Essence();
        for (var length = 1; length < 64; length++)
        {
            Assert.Equal(expected, Replaying.Of(SampleStreams.Conversation(protocol, length).Frames).Essence());
        }
    }

    [Theory]
    [MemberData(nameof(Datagrams))]
    public void Datagram_OfAKnownProtocol_IsRecognised(string protocol)
    {
        var (port, payload) = SampleDatagrams.All[protocol];

        Assert.Equal(protocol, new Exchange(port).Client(payload).Replay().AppProtocol());
    }

    [Theory]
    [MemberData(nameof(Datagrams))]
    public void Datagram_CutAnywhere_NeverThrows(string protocol)
    {
        var (port, payload) = SampleDatagrams.All[protocol];
        for (var length = 1; length < payload.Length; length++)
        {
            var replaying = new Exchange(port).Client(payload[..length]).Client(payload).Client(payload[..length]).Replay();

            Assert.Single(replaying.Records("flow"));
        }
    }

    [Theory]
    [InlineData("0005 0001", 20 + 48, "netflow")] // NetFlow 5: one record
    [InlineData("0005 0002", 20 + 48, "failed")]
    [InlineData("0001 0001", 12 + 52, "netflow")]
    [InlineData("000A 0018 00000000 00000000 00000000 0100 0008 00000000", 0, "netflow")] // IPFIX: one set of data
    [InlineData("000A 0018 00000000 00000000 00000000 00FF 0008 00000000", 0, "failed")]
    [InlineData("000A 0019 00000000 00000000 00000000 0100 0008 00000000", 0, "failed")]
    [InlineData("0009 0001 00000000 00000000 00000000 00000000 0100 0009 00000000", 0, "failed")]
    public void Datagram_OfFlowExport_IsKnownByItsLengths(string hex, int more, string expected)
    {
        byte[] payload = [.. Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), .. new byte[more]];

        Assert.Equal(expected, new Exchange(7777).Client(payload).Replay().AppProtocol());
    }

    [Fact]
    public void Datagram_BehindUnknownOnes_IsStillRecognised()
    {
        byte[] noise = [0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE];

        Assert.Equal("snmp", new Exchange(7777).Client(noise).Server(noise).Client(noise).Client(SampleDatagrams.SnmpGet()).Replay().AppProtocol());
    }

    [Fact]
    public void Datagram_FromTheServerFirst_IsRecognised() =>
        Assert.Equal("stun", new Exchange(7777).Server(SampleDatagrams.StunBinding()).Replay().AppProtocol());

    [Fact]
    public void Datagrams_ThatNothingKnows_AreGivenUp()
    {
        var exchange = new Exchange(7777);
        for (var i = 0; i < 20; i++)
        {
            exchange.Client([0xEE, (byte)i, 0xEE, 0xEE]).Server([0xEE, (byte)i, 0xEE, 0xEE]);
        }

        // Too late: enough was looked at.
        Assert.Equal("failed", exchange.Client(SampleDatagrams.SnmpGet()).Replay().AppProtocol());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("hello world, this is nobody's protocol")]
    [InlineData("\u0005\u0001")]
    [InlineData("\0\0\0\u0008\u0004\u00D2\u0016\u002E\0\0\0\0")]
    [InlineData("*x\r\n$4\r\nAUTH")]
    [InlineData("0\u0006\u0002\u0001\u0001\u0001\u0002\u0003")]
    public void Stream_OfSomethingElse_IsNotClaimed(string text)
    {
        var conversation = new TcpConversation(serverPort: 7777).Client(text + new string('\u00FF', 60)).Server("\u00FE\u00FE\u00FE\u00FE" + new string('\u00FF', 60));

        Assert.Equal("failed", Replaying.Of(conversation.End().Frames).AppProtocol());
    }

    [Property(MaxTest = 200)]
    public void RandomDatagrams_NeverThrowAndAreHardlyEverClaimed(int seed)
    {
        var random = new Random(seed);
        var claimed = 0;
        for (var i = 0; i < 50; i++)
        {
            var payload = new byte[random.Next(1, 300)];
            random.NextBytes(payload);
            claimed += new Exchange(7777).Client(payload).Replay().AppProtocol() == "failed" ? 0 : 1;
        }

        Assert.InRange(claimed, 0, 1);
    }

    [Property(MaxTest = 300)]
    public void MutatedMessages_NeverThrow(int seed)
    {
        var random = new Random(seed);
        foreach (var (port, payload) in SampleDatagrams.All.Values)
        {
            var exchange = new Exchange(port).Client(payload);
            for (var i = 0; i < 4; i++)
            {
                exchange.Client(Mutate(payload, random)).Server(Mutate(payload, random));
            }

            Assert.Single(exchange.Replay().Records("flow"));
        }
    }

    [Property(MaxTest = 100)]
    public void MutatedStreams_NeverThrowAndDoNotDependOnSegments(int seed)
    {
        var random = new Random(seed);
        foreach (var protocol in SampleStreams.All.Keys)
        {
            var position = random.Next(3, SampleStreams.Conversation(protocol, 1400).Frames.Count - 3);
            var frames = SampleStreams.Conversation(protocol, random.Next(1, 40)).Frames;
            foreach (var frame in frames.Where(frame => frame.Length > 54 && random.Next(4) == 0))
            {
                frame[random.Next(54, frame.Length)] ^= (byte)(1 << random.Next(8));
            }

            Assert.NotEmpty(Replaying.Of(frames).Records("flow"));
            Assert.NotEmpty(Replaying.Of(frames.Where((_, i) => i != position)).Records("flow"));
        }
    }

    private static byte[] Mutate(byte[] payload, Random random)
    {
        var mutated = (byte[])payload.Clone();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? mutated[..random.Next(1, mutated.Length)] : mutated;
    }
}
