using System.Buffers.Text;

namespace MediaSecurityLite.Inspection.Protocols.Syslog;

/// <summary>
/// The head of a syslog message (RFC 5424, section 6; RFC 3164, section 4). What it says is the sender's business and not read.
/// <code>
/// RFC 5424: &lt;PRI&gt;1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID …
/// RFC 3164: &lt;PRI&gt;Mmm dd hh:mm:ss HOSTNAME TAG: …
/// </code>
/// </summary>
internal readonly ref struct SyslogMessage
{
    private const int MaxPriority = 191;
    private const int OldTimestampLength = 15;

    /// <summary>Facility × 8 + severity.</summary>
    public int Priority { get; private init; }

    /// <summary>True if a timestamp of one of the two forms follows the priority.</summary>
    public bool HasTimestamp { get; private init; }

    public ReadOnlySpan<byte> HostName { get; private init; }

    public ReadOnlySpan<byte> AppName { get; private init; }

    /// <returns>False for what cannot be a message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out SyslogMessage message)
    {
        message = default;
        if (data.Length < 4
            || data[0] != '<'
            || !Utf8Parser.TryParse(data[1..], out int priority, out var digits)
            || digits > 3
            || priority is < 0 or > MaxPriority
            || 1 + digits >= data.Length
            || data[1 + digits] != '>')
        {
            return false;
        }

        var rest = data[(2 + digits)..];
        if (rest.StartsWith("1 "u8))
        {
            rest = rest[2..];
            var timestamp = TakeWord(ref rest);
            var host = TakeWord(ref rest);
            message = new SyslogMessage { Priority = priority, HasTimestamp = timestamp.Length > 0, HostName = host, AppName = TakeWord(ref rest) };
            return timestamp is [(byte)'-'] or [>= (byte)'0' and <= (byte)'9', ..];
        }

        message = IsOldTimestamp(rest) ? ReadOld(priority, rest[OldTimestampLength..]) : new SyslogMessage { Priority = priority };
        return true;
    }

    private static SyslogMessage ReadOld(int priority, ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart((byte)' ');
        var host = TakeWord(ref rest);
        var end = rest.IndexOfAny((byte)'[', (byte)':', (byte)' ');
        return new SyslogMessage { Priority = priority, HasTimestamp = true, HostName = host, AppName = end > 0 ? rest[..end] : default };
    }

    /// <summary>"Oct 11 22:14:15".</summary>
    private static bool IsOldTimestamp(ReadOnlySpan<byte> text) =>
        text.Length > OldTimestampLength
        && text[0] is >= (byte)'A' and <= (byte)'Z'
        && text[3] == ' '
        && text[6] == ' '
        && text[9] == ':'
        && text[12] == ':';

    private static ReadOnlySpan<byte> TakeWord(scoped ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)' ');
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return word;
    }
}
