using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Protocols.Mime;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Mime;

public sealed class LineAssemblerTests
{
    [Property]
    public void Lines_CutAnywhere_AreTheSame(int seed)
    {
        var random = new Random(seed);
        var text = new byte[random.Next(3 * LineAssembler.MaxLength)];
        var isSparse = random.Next(2) == 0;
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = random.Next(isSparse ? 2000 : 6) switch { 0 => (byte)'\n', 1 => (byte)'\r', _ => (byte)'a' };
        }

        Assert.Equal(Lines(text, text.Length + 1), Lines(text, 1 + random.Next(500)));
    }

    [Fact]
    public void Lines_OfOneText_AreItsTextAgain()
    {
        var text = Encoding.ASCII.GetBytes("one\r\n\r\ntwo\nthree" + new string('x', 9000) + "\r\nlast");

        Assert.Equal(["S:one:2", "S::2", "S:two:1"], Lines(text, 7).Take(3));
        Assert.Equal(text.Length, Lines(text, 7).Sum(line => line[(line.IndexOf(':') + 1)..line.LastIndexOf(':')].Length + (line[^1] - '0')));
    }

    private static List<string> Lines(byte[] text, int piece)
    {
        var assembler = new LineAssembler();
        var lines = new List<string>();
        foreach (var part in text.Chunk(piece))
        {
            ReadOnlySpan<byte> rest = part;
            while (!rest.IsEmpty && assembler.TryTake(ref rest, out var line))
            {
                lines.Add(Describe(line));
            }
        }

        if (assembler.TryTakeLast(out var last))
        {
            lines.Add(Describe(last));
        }

        return lines;
    }

    private static string Describe(TextLine line) => $"{(line.IsStart ? 'S' : 'M')}:{Encoding.ASCII.GetString(line.Text)}:{line.EndLength}";
}
