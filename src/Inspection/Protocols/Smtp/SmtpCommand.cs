using System.Buffers.Text;
using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Smtp;

/// <summary>The commands that matter here.</summary>
internal enum SmtpVerb : byte
{
    Other,
    Hello,
    Mail,
    Recipient,
    Data,

    /// <summary>BDAT: so many bytes follow (RFC 3030).</summary>
    Chunk,
    Reset,
    StartTls,
    Authenticate,
    Quit,

    /// <summary>Not sent as a command: the end of a mail, which is answered like one.</summary>
    EndOfMail,
}

/// <summary>One command line (RFC 5321, 4.1.1).</summary>
internal readonly ref struct SmtpCommand
{
    public SmtpVerb Verb { get; private init; }

    /// <summary>The path of MAIL and RCPT with its angle brackets, the name of HELO and EHLO.</summary>
    public ReadOnlySpan<byte> Argument { get; private init; }

    /// <summary>Bytes that follow BDAT.</summary>
    public long ChunkLength { get; private init; }

    /// <summary>BDAT … LAST.</summary>
    public bool IsLastChunk { get; private init; }

    public static SmtpCommand Read(ReadOnlySpan<byte> line)
    {
        if (TryTakePath(line, "MAIL FROM:"u8, out var path))
        {
            return new SmtpCommand { Verb = SmtpVerb.Mail, Argument = path };
        }

        if (TryTakePath(line, "RCPT TO:"u8, out path))
        {
            return new SmtpCommand { Verb = SmtpVerb.Recipient, Argument = path };
        }

        var end = line.IndexOf((byte)' ');
        var word = end < 0 ? line.TrimEnd((byte)' ') : line[..end];
        var rest = end < 0 ? default : line[end..].Trim((byte)' ');
        if (Is(word, "BDAT"u8))
        {
            return ReadChunk(rest);
        }

        if (Is(word, "EHLO"u8) || Is(word, "HELO"u8) || Is(word, "LHLO"u8))
        {
            return new SmtpCommand { Verb = SmtpVerb.Hello, Argument = rest };
        }

        var verb = Is(word, "DATA"u8) ? SmtpVerb.Data
            : Is(word, "RSET"u8) ? SmtpVerb.Reset
            : Is(word, "STARTTLS"u8) ? SmtpVerb.StartTls
            : Is(word, "AUTH"u8) ? SmtpVerb.Authenticate
            : Is(word, "QUIT"u8) ? SmtpVerb.Quit
            : SmtpVerb.Other;
        return new SmtpCommand { Verb = verb };
    }

    /// <summary>RFC 5321, 4.1.2: the path ends with its bracket outside quotes; parameters stand behind it.</summary>
    private static bool TryTakePath(ReadOnlySpan<byte> line, ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> path)
    {
        path = default;
        if (line.Length < prefix.Length || !Is(line[..prefix.Length], prefix))
        {
            return false;
        }

        path = line[prefix.Length..].TrimStart((byte)' ');
        var isBracketed = path.Length > 0 && path[0] == '<';
        var isQuoted = false;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && path[i] == (isBracketed ? '>' : ' '))
            {
                path = path[..(isBracketed ? i + 1 : i)];
                return true;
            }
        }

        // The bracket is missing: the path ends where parameters would start.
        var space = path.IndexOf((byte)' ');
        path = space < 0 ? path : path[..space];
        return true;
    }

    private static SmtpCommand ReadChunk(ReadOnlySpan<byte> rest)
    {
        if (!Utf8Parser.TryParse(rest, out long length, out var digits) || digits == 0 || rest[0] is (byte)'-' or (byte)'+')
        {
            return new SmtpCommand { Verb = SmtpVerb.Other };
        }

        rest = rest[digits..];
        var tail = rest.Trim((byte)' ');
        var isSound = tail.IsEmpty || (rest[0] == ' ' && Is(tail, "LAST"u8));
        return isSound ? new SmtpCommand { Verb = SmtpVerb.Chunk, ChunkLength = length, IsLastChunk = !tail.IsEmpty } : default;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
