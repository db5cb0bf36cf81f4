using System.IO.Compression;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Compression;

namespace MediaSecurityLite.Inspection.Tests.Compression;

public sealed class InflaterTests
{
    public static TheoryData<CompressionLevel> Levels => [CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.SmallestSize];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Read_CompressedByTheFramework_GivesTheOriginal(CompressionLevel level)
    {
        var original = Mixed(200_000);

        var (inflated, status, rest) = Inflate(Deflate(original, level), pieceLength: 1 << 20);

        Assert.Equal(InflateStatus.Done, status);
        Assert.Equal(0, rest);
        Assert.True(original.AsSpan().SequenceEqual(inflated));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(61)]
    [InlineData(1460)]
    public void Read_InPiecesOfAnySize_GivesTheOriginal(int pieceLength)
    {
        var original = Mixed(70_000);

        var (inflated, status, _) = Inflate(Deflate(original, CompressionLevel.Optimal), pieceLength);

        Assert.Equal(InflateStatus.Done, status);
        Assert.True(original.AsSpan().SequenceEqual(inflated));
    }

    [Property(MaxTest = 300)]
    public bool Read_AnyBytesAtAnyLevel_GivesThemBack(byte[] original, byte pieceLength, bool isFast)
    {
        var deflated = Deflate(original, isFast ? CompressionLevel.Fastest : CompressionLevel.SmallestSize);

        var (inflated, status, _) = Inflate(deflated, pieceLength + 1);

        return status == InflateStatus.Done && original.AsSpan().SequenceEqual(inflated);
    }

    [Fact]
    public void Read_WithBytesBehindTheEnd_StopsExactlyThere()
    {
        var deflated = Deflate(Mixed(5000), CompressionLevel.Optimal);
        foreach (var pieceLength in (int[])[1, 3, 16, 100_000])
        {
            var (_, status, rest) = Inflate([.. deflated, 1, 2, 3, 4, 5, 6, 7, 8, 9], pieceLength);

            Assert.Equal(InflateStatus.Done, status);
            Assert.Equal(9, rest);
        }
    }

    [Property(MaxTest = 500)]
    public void Read_Garbage_NeverThrows(byte[] garbage, byte pieceLength) => Inflate(garbage, pieceLength + 1);

    [Property(MaxTest = 300)]
    public void Read_OneByteChanged_NeverThrows(ushort position, byte value)
    {
        var deflated = Deflate(Mixed(3000), CompressionLevel.Optimal);
        deflated[position % deflated.Length] = value;

        Inflate(deflated, pieceLength: 100);
    }

    [Theory]
    [InlineData("07")] // Block type 3.
    [InlineData("01 05 00 FF FF")] // Stored, its length not confirmed.
    [InlineData("03 02")] // Fixed codes, a match before anything was written.
    public void Read_WhatNoBlockIs_IsCorrupt(string hex) =>
        Assert.Equal(InflateStatus.Corrupt, Inflate(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), pieceLength: 100).Status);

    private static (byte[] Inflated, InflateStatus Status, int Left) Inflate(byte[] deflated, int pieceLength)
    {
        // A second stream through the same object shows that nothing of the first is left in it.
        var inflater = new Inflater();
        ReadOnlySpan<byte> first = [0x4B, 0x04];
        inflater.Read(ref first, out _);
        inflater.Reset();

        var inflated = new List<byte>();
        var status = InflateStatus.NeedInput;
        for (var start = 0; start < deflated.Length; start += pieceLength)
        {
            var piece = deflated.AsSpan(start, Math.Min(pieceLength, deflated.Length - start));
            ReadOnlySpan<byte> input = piece;
            do
            {
                status = inflater.Read(ref input, out var output);
                inflated.AddRange(output);
            }
            while (status == InflateStatus.HasMore);

            if (status != InflateStatus.NeedInput)
            {
                return ([.. inflated], status, deflated.Length - start - piece.Length + input.Length);
            }
        }

        return ([.. inflated], status, 0);
    }

    private static byte[] Deflate(byte[] original, CompressionLevel level)
    {
        using var target = new MemoryStream();
        using (var deflate = new DeflateStream(target, level, leaveOpen: true))
        {
            deflate.Write(original);
        }

        return original.Length == 0 ? [0x03, 0x00] : target.ToArray();
    }

    /// <summary>Text that repeats near and far, and stretches that do not repeat.</summary>
    private static byte[] Mixed(int length)
    {
        var random = new Random(7);
        var bytes = new byte[length];
        for (var i = 0; i < length;)
        {
            var run = Math.Min(random.Next(1, 400), length - i);
            if (i > 1000 && random.Next(3) > 0)
            {
                bytes.AsSpan(random.Next(Math.Max(0, i - 40_000), i - run > 0 ? i - run : 1), Math.Min(run, i)).CopyTo(bytes.AsSpan(i));
            }
            else
            {
                random.NextBytes(bytes.AsSpan(i, run));
            }

            i += run;
        }

        return bytes;
    }
}
