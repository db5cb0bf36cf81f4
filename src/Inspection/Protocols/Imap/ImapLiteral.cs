using System.Buffers.Text;
using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Imap;

/// <summary>A counted string that follows a line (RFC 9051, 4.3): the line ends with <c>{123}</c> or <c>{123+}</c>.</summary>
internal readonly ref struct ImapLiteral
{
    public long Length { get; private init; }

    /// <summary>It is a whole mail, or a piece of one.</summary>
    public bool IsMail { get; private init; }

    /// <summary>It is a piece that was asked for by its place.</summary>
    public bool IsPiece { get; private init; }

    /// <summary>Where the piece starts in the mail.</summary>
    public long Offset { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> line, out ImapLiteral literal)
    {
        literal = default;
        if (line.IsEmpty || line[^1] != '}')
        {
            return false;
        }

        var open = line.LastIndexOf((byte)'{');
        var number = open < 0 ? default : line[(open + 1)..^1].TrimEnd((byte)'+');
        if (!Utf8Parser.TryParse(number, out long length, out var digits) || digits != number.Length || length < 0)
        {
            return false;
        }

        var before = line[..open].TrimEnd("~ "u8);
        literal = new ImapLiteral { Length = length, IsMail = IsMailItem(before, out var offset, out var isPiece), IsPiece = isPiece, Offset = offset };
        return true;
    }

    /// <summary>RFC 9051, 7.5.2: <c>BODY[]</c>, <c>BODY[]&lt;offset&gt;</c>, <c>BINARY[]</c>; <c>RFC822</c> of RFC 3501.</summary>
    private static bool IsMailItem(ReadOnlySpan<byte> text, out long offset, out bool isPiece)
    {
        offset = 0;
        var item = text[(text.LastIndexOfAny(" ("u8) + 1)..];
        var partial = item.IndexOf((byte)'<');
        isPiece = partial >= 0;
        if (isPiece && Utf8Parser.TryParse(item[(partial + 1)..], out long start, out _) && start >= 0)
        {
            offset = start;
        }

        item = !isPiece ? item : item[..partial];
        return Ascii.EqualsIgnoreCase(item, "BODY[]"u8) || Ascii.EqualsIgnoreCase(item, "RFC822"u8) || Ascii.EqualsIgnoreCase(item, "BINARY[]"u8);
    }
}
