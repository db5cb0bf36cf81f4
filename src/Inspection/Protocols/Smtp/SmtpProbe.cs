using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Smtp;

/// <summary>
/// Recognises SMTP by the client's first command, or by a greeting that names it. FTP greets with the same code: where the
/// greeting does not tell, the client's command does, and for one that waits for more the port.
/// </summary>
internal static class SmtpProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (direction == Direction.ToServer)
        {
            return TextProbe.Or(
                TextProbe.Or(TextProbe.Starts(data, "EHLO "u8), TextProbe.Starts(data, "HELO "u8)),
                TextProbe.Or(TextProbe.Starts(data, "LHLO "u8), TextProbe.Starts(data, "MAIL FROM:"u8)));
        }

        var code = TextProbe.Starts(data, "220"u8);
        if (code != Probe.Yes)
        {
            return code;
        }

        if (data.Length > 3 && data[3] is not ((byte)' ' or (byte)'-' or (byte)'\r' or (byte)'\n'))
        {
            return Probe.No;
        }

        var end = data.IndexOf((byte)'\n');
        if (end < 0)
        {
            return Probe.NeedMore;
        }

        var greeting = data[..end];
        if (TextProbe.Contains(greeting, "smtp"u8) || TextProbe.Contains(greeting, "lmtp"u8))
        {
            return Probe.Yes;
        }

        if (TextProbe.Contains(greeting, "ftp"u8) || flow.ServerPort == 21)
        {
            return Probe.No;
        }

        return flow.ServerPort is 25 or 465 or 587 ? Probe.Yes : Probe.NeedMore;
    }
}
