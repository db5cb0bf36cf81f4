using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Protocols.Quic;
using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Quic;

public sealed class CryptoStreamTests
{
    [Property(MaxTest = 500)]
    public bool Add_OverlappingPiecesInAnyOrder_GivesTheWhole(int seed)
    {
        var random = new Random(seed);
        var whole = new byte[random.Next(1, 3000)];
        random.NextBytes(whole);
        var pieces = new List<(int Start, int End)>();
        for (var start = 0; start < whole.Length;)
        {
            var end = Math.Min(whole.Length, start + random.Next(100, 900));
            pieces.Add((Math.Max(0, start - random.Next(50)), Math.Min(whole.Length, end + random.Next(50))));
            start = end;
        }

        var order = pieces.Concat(pieces).ToArray();
        random.Shuffle(order);
        var memory = new SegmentPool(1 << 20);
        var stream = new CryptoStream(memory);
        foreach (var (start, end) in order)
        {
            if (!stream.Add((ulong)start, whole.AsSpan(start..end)))
            {
                return false;
            }
        }

        var isWhole = stream.Head.SequenceEqual(whole);
        stream.Clear();
        return isWhole && memory.Bytes == 0;
    }

    [Fact]
    public void Add_OtherBytesInTheSamePlace_FirstStay()
    {
        var stream = new CryptoStream(new SegmentPool(1 << 20));
        Assert.True(stream.Add(2, "cd"u8));
        Assert.True(stream.Add(0, "xxxxxx"u8));

        Assert.Equal("xxcdxx"u8, stream.Head);
    }

    [Fact]
    public void Add_MorePiecesThanHeld_IsRefused()
    {
        var stream = new CryptoStream(new SegmentPool(1 << 20));
        var added = Enumerable.Range(0, 100).Count(index => stream.Add((ulong)(index * 10), "ab"u8));

        Assert.Equal(64, added);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(16384UL)]
    public void Add_BeyondTheBound_IsRefused(ulong offset) => Assert.False(new CryptoStream(new SegmentPool(1 << 20)).Add(offset, "ab"u8));

    [Fact]
    public void Add_WithoutMemory_IsRefused() => Assert.False(new CryptoStream(new SegmentPool(100)).Add(0, "ab"u8));
}
