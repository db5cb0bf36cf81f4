using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Protocols.Mime;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Mime;

public sealed class DecoderTests
{
    [Property]
    public bool Base64_CutAnywhere_GivesTheBytesBack(byte[] bytes, int piece)
    {
        var text = Encoding.ASCII.GetBytes(Mails.Base64(bytes));
        var decoder = default(Base64Decoder);
        var decoded = new List<byte>();
        var buffer = new byte[Base64Decoder.MaxDecodedLength(text.Length) + 3];
        foreach (var part in text.Chunk(1 + (Math.Abs(piece % 100))))
        {
            decoded.AddRange(buffer[..decoder.Decode(part, buffer)]);
        }

        decoded.AddRange(buffer[..decoder.End(buffer)]);
        return decoded.SequenceEqual(bytes);
    }

    [Theory]
    [InlineData("aGVsbG8", "hello")]
    [InlineData("a*G V\ts-b_G8=", "hello")]
    [InlineData("aGk=aGk=", "hihi")]
    [InlineData("a", "")]
    [InlineData("====", "")]
    public void Base64_OutsideTheRules_IsReadAsMailReadersDo(string text, string expected)
    {
        var decoder = default(Base64Decoder);
        var buffer = new byte[64];
        var length = decoder.Decode(Encoding.ASCII.GetBytes(text), buffer);
        length += decoder.End(buffer.AsSpan(length));

        Assert.Equal(expected, Encoding.ASCII.GetString(buffer, 0, length));
    }

    [Theory]
    [InlineData("caf=C3=A9", "caf\u00c3\u00a9", false)]
    [InlineData("soft =", "soft ", true)]
    [InlineData("trailing  \t", "trailing", false)]
    [InlineData("=zz=4", "=zz=4", false)]
    [InlineData("=3d=3D", "==", false)]
    [InlineData("==41", "=A", false)]
    public void QuotedPrintable_Line_IsDecodedWhereverItIsCut(string text, string expected, bool isSoft)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            if (cut > 0 && bytes[cut - 1] is (byte)' ' or (byte)'\t')
            {
                // Space at the end of a part is only known to be trailing with the line's end.
                continue;
            }

            var decoder = default(QuotedPrintableDecoder);
            var buffer = new byte[64];
            var length = decoder.Decode(bytes.AsSpan(0, cut), isEnd: false, buffer, out _);
            length += decoder.Decode(bytes.AsSpan(cut), isEnd: true, buffer.AsSpan(length), out var isSoftBreak);

            Assert.Equal(expected, Encoding.Latin1.GetString(buffer, 0, length));
            Assert.Equal(isSoft, isSoftBreak);
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=?utf-8?B?5pel5pys?=", "日本")]
    [InlineData("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本")]
    [InlineData("=?Shift_JIS?B?k/qWew==?= x", "日本 x")]
    [InlineData("=?euc-jp?b?xvzL3A==?=", "日本")]
    [InlineData("a =?iso-8859-1?Q?caf=E9_au?=\r\n =?utf-8*fr?q?_lait?= b", "a café au lait b")]
    [InlineData("=?utf-8?X?abc?= =?broken", "=?utf-8?X?abc?= =?broken")]
    [InlineData("=?", "=?")]
    public void EncodedWords_InAHeader_BecomeUtf8(string text, string expected)
    {
        var buffer = new byte[256];
        var length = EncodedWord.Decode(Encoding.ASCII.GetBytes(text), buffer);

        Assert.Equal(expected, Encoding.UTF8.GetString(buffer, 0, length));
    }

    [Theory]
    [InlineData("attachment; filename=a.txt", "a.txt")]
    [InlineData("attachment; size=1; FileName = \"a;b \\\"c\\\".txt\"; x=y", "a;b \"c\".txt")]
    [InlineData("attachment; filename*=utf-8'ja'%E6%97%A5%E6%9C%AC.txt", "日本.txt")]
    [InlineData("attachment; filename*1=\"b.txt\"; filename*0=\"a\"", "ab.txt")]
    [InlineData("attachment; filename*0*=iso-8859-1''caf%E9; filename*1=\" x.zip\"", "café x.zip")]
    [InlineData("attachment; filename=\"=?utf-8?B?5pel5pys?=.exe\"", "日本.exe")]
    [InlineData("attachment; filename=\"unterminated", "unterminated")]
    public void Parameter_InAnyForm_IsFound(string header, string expected)
    {
        var buffer = new byte[256];

        Assert.True(MimeParameter.TryFind(Encoding.ASCII.GetBytes(header), "filename"u8, buffer, out var length));
        Assert.Equal(expected, Encoding.UTF8.GetString(buffer, 0, length));
    }

    [Theory]
    [InlineData("attachment")]
    [InlineData("attachment; name=x")]
    [InlineData("attachment; x=\"; filename=y\"")]
    [InlineData("attachment; filename*1=x")]
    public void Parameter_ThatIsNotThere_IsNotFound(string header) =>
        Assert.False(MimeParameter.TryFind(Encoding.ASCII.GetBytes(header), "filename"u8, new byte[64], out _));

    [Property(MaxTest = 1000)]
    public void Headers_OfAnyBytes_NeverThrow(byte[] bytes, string text)
    {
        var header = (byte[])[.. "a; filename*0*=x'"u8, .. bytes, .. Encoding.UTF8.GetBytes(text ?? "")];
        var buffer = new byte[64];
        MimeParameter.TryFind(header, "filename"u8, buffer, out _);
        EncodedWord.Decode([.. "=?shift_jis?Q?"u8, .. bytes, .. "?= =?"u8, .. bytes], buffer);
        EncodedWord.Decode([.. "=?iso-2022-jp?B?"u8, .. bytes, .. "?="u8], buffer);
    }
}
