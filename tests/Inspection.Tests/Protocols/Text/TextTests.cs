using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Text;

public sealed class TextTests
{
    [Property]
    public bool DotStuffedText_CutAnywhere_GivesTheTextBack(int seed)
    {
        var random = new Random(seed);
        var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(5) switch { 0 => "\r\n", 1 => ".", 2 => "\n", _ => "a" })) + "\r\n";
        var stream = Encoding.ASCII.GetBytes(Mime.Mails.Stuffed(text) + "QUIT\r\n");
        var (found, rest) = Unstuff(stream, 1 + random.Next(9));
        return found == text && rest == "QUIT\r\n";
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void LineReader_OfLongLines_GivesTheirStart(int piece)
    {
        var stream = Encoding.ASCII.GetBytes(new string('a', 20) + "\r\nshort\r\n" + new string('b', 8) + "\r\n\nend\n");

        Assert.Equal(["aaaaaaaa", "short", "bbbbbbbb", "", "end"], Lines(stream, piece));
    }

    [Fact]
    public void KeptList_BeyondItsBounds_LeavesOutAndCounts()
    {
        var list = new KeptList(maxItems: 3, maxBytes: 10);
        foreach (var item in new[] { "one", "", "eleven bytes", "two", "four" })
        {
            list.Add(Encoding.ASCII.GetBytes(item));
        }

        Assert.Equal((3, 2), (list.Count, list.LeftOut));
        Assert.Equal("two", Encoding.ASCII.GetString(list[2]));
    }

    [Fact]
    public void PendingCommands_InARing_ComeOutInOrder()
    {
        var pending = new PendingCommands<int>(21);
        var next = 0;
        for (var i = 0; i < 100; i++)
        {
            Assert.True(pending.TryAdd(i));
            if (i % 10 > 1)
            {
                Assert.True(pending.TryTake(out var taken));
                Assert.Equal(next++, taken);
            }
        }

        Assert.True(pending.TryAdd(100));
        Assert.False(pending.TryAdd(101));
    }

    [Theory]
    [InlineData("250 ok", 250, false, "ok")]
    [InlineData("250-more", 250, true, "more")]
    [InlineData("220", 220, false, "")]
    [InlineData("99 x", 0, false, "99 x")]
    [InlineData("230_x", 0, false, "230_x")]
    public void ReplyLine_OfAnyKind_IsRead(string line, int code, bool goesOn, string text)
    {
        var reply = ReplyLine.Read(Encoding.ASCII.GetBytes(line));

        Assert.Equal((code, goesOn, text), (reply.Code, reply.GoesOn, Encoding.ASCII.GetString(reply.Text)));
    }

    private static (string Text, string Left) Unstuff(byte[] stream, int piece)
    {
        var text = default(DotStuffedText);
        var found = new StringBuilder();
        var unread = Array.Empty<byte>();
        var isOver = false;
        foreach (var part in stream.Chunk(piece))
        {
            unread = [.. unread, .. part];
            ReadOnlySpan<byte> data = unread;
            while (!isOver && text.TryTake(ref data, out var plain, out isOver))
            {
                found.Append(Encoding.ASCII.GetString(plain));
            }

            unread = data.ToArray();
        }

        return (found.ToString(), Encoding.ASCII.GetString(unread));
    }

    private static List<string> Lines(byte[] stream, int piece)
    {
        var reader = default(LineReader);
        var lines = new List<string>();
        var unread = Array.Empty<byte>();
        foreach (var part in stream.Chunk(piece))
        {
            unread = [.. unread, .. part];
            ReadOnlySpan<byte> data = unread;
            while (reader.TryTake(ref data, 8, out var line))
            {
                lines.Add(Encoding.ASCII.GetString(line));
            }

            unread = data.ToArray();
        }

        return lines;
    }
}
