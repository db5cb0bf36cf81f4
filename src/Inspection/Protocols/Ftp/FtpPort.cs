using System.Buffers.Text;

namespace MediaSecurityLite.Inspection.Protocols.Ftp;

/// <summary>
/// The port of a data connection, as the commands and replies write it. The address beside it is not used: a data connection
/// that counts goes between the two hosts of the control connection.
/// </summary>
internal static class FtpPort
{
    /// <summary>RFC 959, 4.1.2: <c>h1,h2,h3,h4,p1,p2</c>, anywhere in a text.</summary>
    public static bool TryReadPair(ReadOnlySpan<byte> text, out ushort port)
    {
        port = 0;
        while (!text.IsEmpty)
        {
            var digit = text.IndexOfAnyInRange((byte)'0', (byte)'9');
            if (digit < 0)
            {
                return false;
            }

            text = text[digit..];
            if (TryReadSix(text, out port, out var length))
            {
                return true;
            }

            var end = text[length..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            text = end < 0 ? default : text[(length + end)..];
        }

        return false;
    }

    /// <summary>RFC 2428, section 2: <c>|protocol|address|port|</c>; section 3, in a reply: <c>(|||port|)</c>. Any character may separate.</summary>
    public static bool TryReadExtended(ReadOnlySpan<byte> text, out ushort port)
    {
        port = 0;
        var open = text.IndexOf((byte)'(');
        text = open < 0 ? text : text[(open + 1)..];
        if (text.Length < 5)
        {
            return false;
        }

        var separator = text[0];
        text = text[1..];
        for (var part = 0; part < 2; part++)
        {
            var end = text.IndexOf(separator);
            if (end < 0)
            {
                return false;
            }

            text = text[(end + 1)..];
        }

        return Utf8Parser.TryParse(text, out port, out var digits) && port != 0 && text.Length > digits && text[digits] == separator;
    }

    private static bool TryReadSix(ReadOnlySpan<byte> text, out ushort port, out int length)
    {
        const int Count = 6;
        length = 0;
        port = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!Utf8Parser.TryParse(text[length..], out byte number, out var digits))
            {
                return false;
            }

            length += digits;
            port = (ushort)((port << 8) | number);
            if (i < Count - 1 && (length == text.Length || text[length++] != ','))
            {
                return false;
            }
        }

        return port != 0;
    }
}
