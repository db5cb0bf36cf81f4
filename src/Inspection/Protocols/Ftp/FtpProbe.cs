using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Ftp;

/// <summary>
/// Recognises FTP by a greeting that names it or stands on its port, or by the client's first command behind a greeting that
/// says nothing.
/// </summary>
internal static class FtpProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (direction == Direction.ToServer)
        {
            var connection = flow.Tcp;
            var greeting = connection is null ? default : connection[Direction.ToClient].UnreadBytes;
            return greeting.StartsWith("220"u8) ? Command(data) : Probe.No;
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

        if (TextProbe.Contains(data[..end], "ftp"u8))
        {
            return Probe.Yes;
        }

        return TextProbe.Contains(data[..end], "smtp"u8) ? Probe.No : flow.ServerPort == 21 ? Probe.Yes : Probe.NeedMore;
    }

    private static Probe Command(ReadOnlySpan<byte> data) =>
        TextProbe.Or(
            TextProbe.Or(TextProbe.Starts(data, "USER "u8), TextProbe.Starts(data, "AUTH "u8)),
            TextProbe.Or(TextProbe.Starts(data, "FEAT\r"u8), TextProbe.Starts(data, "SYST\r"u8)));
}
