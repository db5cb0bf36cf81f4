using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Tests.Feeds;

public sealed class LineReaderTests
{
    [Fact]
    public void TryRead_OfUsualText_TrimsAndCounts() =>
        Assert.Equal([(1, "a", null), (2, "", null), (3, "b c", null), (4, "é", null)], Read("\uFEFFa\r\n\n  b c\t\né"u8.ToArray()));

    [Fact]
    public void TryRead_OfLinesThatAreNoText_BlamesTheseAlone() => Assert.Equal(
        [(1, "a", null), (2, "", DropReason.NotText), (3, "", DropReason.NotText), (4, "b", null)],
        Read([(byte)'a', 10, 0xff, 0xfe, 10, (byte)'x', 0, (byte)'y', 10, (byte)'b', 10]));

    [Theory]
    [InlineData(LineReader.MaxLine + 1)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public void TryRead_OfHugeLine_SkipsItAndGoesOn(int length)
    {
        var bytes = Encoding.ASCII.GetBytes("a\n" + new string('x', length) + "\nb\n" + new string('y', length));

        Assert.Equal([(1, "a", null), (2, "", DropReason.TooLong), (3, "b", null), (4, "", DropReason.TooLong)], Read(bytes));
    }

    [Fact]
    public void TryRead_OfLongestLine_KeepsIt() =>
        Assert.Equal(LineReader.MaxLine, Read(Encoding.ASCII.GetBytes(new string('x', LineReader.MaxLine))).Single().Text.Length);

    [Property]
    public bool TryRead_InPiecesOfAnySize_GivesTheSameLines(byte[] bytes, byte piece) =>
        Read(bytes).SequenceEqual(Read(bytes, (piece % 7) + 1));

    private static List<(int Number, string Text, DropReason? Fault)> Read(byte[] bytes, int piece = int.MaxValue)
    {
        using var stream = new PiecewiseStream(bytes, piece);
        var reader = new LineReader(stream);
        var lines = new List<(int, string, DropReason?)>();
        while (reader.TryRead(out var line))
        {
            lines.Add((line.Number, line.Text, line.Fault));
        }

        return lines;
    }

    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
    }
}
