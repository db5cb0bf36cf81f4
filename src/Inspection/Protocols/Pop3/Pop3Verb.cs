using System.Text;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Pop3;

/// <summary>Commands by what their answer looks like (RFC 1939, RFC 2449, RFC 2595, RFC 5034).</summary>
internal enum Pop3Verb : byte
{
    /// <summary>Answered by one line.</summary>
    Other,

    /// <summary>Answered by a text that is no mail.</summary>
    Listing,

    /// <summary>Answered by a mail, or the start of one.</summary>
    Mail,
    StartTls,
    Authenticate,
}

/// <summary>Reads command lines.</summary>
internal static class Pop3Verbs
{
    public static Pop3Verb Of(ReadOnlySpan<byte> line)
    {
        var word = TextProbe.Word(line, out var argument);
        if (Is(word, "RETR"u8) || Is(word, "TOP"u8))
        {
            return Pop3Verb.Mail;
        }

        if (Is(word, "CAPA"u8) || ((Is(word, "LIST"u8) || Is(word, "UIDL"u8)) && argument.IsEmpty))
        {
            return Pop3Verb.Listing;
        }

        return Is(word, "STLS"u8) ? Pop3Verb.StartTls : Is(word, "AUTH"u8) && !argument.IsEmpty ? Pop3Verb.Authenticate
            : Is(word, "AUTH"u8) ? Pop3Verb.Listing : Pop3Verb.Other;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
