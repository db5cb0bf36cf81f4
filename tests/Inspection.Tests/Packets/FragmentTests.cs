using System.Buffers.Binary;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Packets;

/// <summary>Fragments as the receiving host (Linux since 4.19; RFC 5722 for IPv6) takes them.</summary>
public sealed class FragmentTests
{
    private static readonly byte[] Whole = FrameBuilder.Udp(5000, 6000, [.. Enumerable.Range(0, 88).Select(i => (byte)i)]);
    private readonly PacketDecoder _decoder = new(new FragmentOptions { MaxDatagrams = 4 });

    public static TheoryData<bool> Versions => [false, true];

    [Property(MaxTest = 200)]
    public bool Pieces_InAnyOrderAndDoubled_GiveTheDatagram(int seed, bool isV6)
    {
        var random = new Random(seed);
        var starts = Enumerable.Range(0, Whole.Length / 8).Select(i => i * 8).ToArray();
        random.Shuffle(starts);
        var results = starts.SelectMany(start => (DecodeEvent[])[Send(isV6, start, 8), .. random.Next(3) == 0 ? [Send(isV6, start, 8)] : (DecodeEvent[])[]]).ToList();

        // After the last one a double may open the datagram anew.
        return results.Count(result => result == DecodeEvent.None) == 1 && results.TrueForAll(result => result is DecodeEvent.None or DecodeEvent.FragmentPending);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Duplicate_WithinWhatCameInOneRun_IsPassedOverWhateverItSays(bool isV6)
    {
        Assert.Equal(DecodeEvent.FragmentPending, Send(isV6, 0, 32));
        Assert.Equal(DecodeEvent.FragmentPending, Send(isV6, 32, 32));
        Assert.Equal(DecodeEvent.FragmentPending, Send(isV6, 24, 16, data: new byte[96]));

        Assert.Equal(DecodeEvent.None, Send(isV6, 64, 32));
        Assert.Equal(Whole.Skip(8), Last);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Overlap_InPart_MakesAnEndOfTheDatagram(bool isV6)
    {
        byte[] forged = [.. Enumerable.Repeat((byte)0xEE, 96)];
        Send(isV6, 0, 16, data: forged);
        Assert.Equal(DecodeEvent.FragmentMalformed, Send(isV6, 8, 24));

        // The receiver has forgotten the forged piece, and so must the engine.
        Send(isV6, 0, 48);
        Assert.Equal(DecodeEvent.None, Send(isV6, 48, 48));
        Assert.Equal(Whole.Skip(8), Last);
    }

    [Theory]
    [InlineData(false, 16, 16, 64)]
    [InlineData(true, 16, 16, 64)]
    public void LastPiece_BeforeOneThatWasSeen_MakesAnEndOfTheDatagram(bool isV6, int start, int length, int seen)
    {
        Send(isV6, seen, 16, hasMore: true);

        Assert.Equal(DecodeEvent.FragmentMalformed, Send(isV6, start, length, hasMore: false));
        Assert.Equal(0, _decoder.FragmentBytes);
    }

    [Fact]
    public void LastPiece_BeforeAHole_DoesNotCompleteTheDatagramWithStrangeBytes()
    {
        Send(false, 16, 8, hasMore: true);

        Assert.Equal(DecodeEvent.FragmentMalformed, Send(false, 8, 8, hasMore: false));
    }

    [Fact]
    public void IPv6_OnlyTheFirstPieceSaysWhatIsInside()
    {
        Send(true, 48, 48, protocol: 59);

        Assert.Equal(DecodeEvent.None, Send(true, 0, 48));
        Assert.Equal(Whole.Skip(8), Last);
    }

    [Fact]
    public void AtomicFragment_IsAPacketByItself() => Assert.Equal(DecodeEvent.None, Send(true, 0, 96, hasMore: false));

    [Fact]
    public void ExtensionHeaders_BeforeTheFragmentHeader_ArePassedOver()
    {
        byte[] hopByHop = [44, 0, 1, 4, 0, 0, 0, 0];
        byte[] Piece(int start, bool hasMore) => FrameBuilder.Ip("2001:db8::1", "2001:db8::2", 0, [.. hopByHop, .. FragmentHeader(17, start, hasMore), .. Whole.AsSpan(start, 48)]);
        var packet = default(Packet);

        Assert.Equal(DecodeEvent.FragmentPending, _decoder.Decode(Piece(0, true), LinkType.Raw, ref packet));
        Assert.Equal(DecodeEvent.None, _decoder.Decode(Piece(48, false), LinkType.Raw, ref packet));
    }

    [Fact]
    public void IPv4_PieceOfOddLength_CountsToTheLastWholeEight()
    {
        Send(false, 0, 51, hasMore: true);

        Assert.Equal(DecodeEvent.None, Send(false, 48, 48));
    }

    [Fact]
    public void IPv6_PieceOfOddLength_IsRefused() => Assert.Equal(DecodeEvent.FragmentMalformed, Send(true, 0, 51, hasMore: true));

    [Fact]
    public void FullTable_GivesUpTheOldestAndCounts()
    {
        for (ushort id = 1; id <= 6; id++)
        {
            Send(false, 0, 48, id: id);
        }

        Assert.Equal((2, 0), _decoder.LostDatagrams);
        Assert.Equal(DecodeEvent.FragmentPending, Send(false, 48, 48, id: 1));
        Assert.Equal(DecodeEvent.None, Send(false, 48, 48, id: 6));
    }

    [Fact]
    public void Datagram_WhoseRestIsLate_IsGivenUpAndCounted()
    {
        Send(false, 0, 48, id: 1);
        Send(false, 0, 48, id: 2, seconds: 61);

        Assert.Equal((0, 1), _decoder.LostDatagrams);
    }

    [Fact]
    public void ManyPieces_StayWithinTheirMemory()
    {
        var decoder = new PacketDecoder(new FragmentOptions { MaxBytes = 1 << 20 });
        var packet = default(Packet);
        for (var i = 0; i < 10_000; i++)
        {
            decoder.Decode(FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", 17, (ushort)i, 65_000, true, new byte[8]), LinkType.Raw, ref packet);
            Assert.InRange(decoder.FragmentBytes, 0, 1 << 20);
        }

        Assert.True(decoder.LostDatagrams.Evicted > 9_000);
    }

    private byte[] Last { get; set; } = [];

    private DecodeEvent Send(bool isV6, int start, int length, bool? hasMore = null, byte[]? data = null, byte protocol = 17, ushort id = 9, int seconds = 0)
    {
        var piece = (data ?? Whole).AsSpan(start, length);
        var isFirstToCome = hasMore ?? start + length < Whole.Length;
        var bytes = isV6
            ? FrameBuilder.Ip("2001:db8::1", "2001:db8::2", 44, [.. FragmentHeader(protocol, start, isFirstToCome), .. piece])
            : FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", protocol, id, start, isFirstToCome, piece);
        var packet = new Packet { Timestamp = 1 + (seconds * 1_000_000_000L) };
        var result = _decoder.Decode(bytes, LinkType.Raw, ref packet);
        Last = result == DecodeEvent.None ? packet.Payload.ToArray() : Last;
        return result;
    }

    private static byte[] FragmentHeader(byte next, int start, bool hasMore)
    {
        byte[] header = [next, 0, 0, 0, 0, 0, 0, 9];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(start | (hasMore ? 1 : 0)));
        return header;
    }
}
