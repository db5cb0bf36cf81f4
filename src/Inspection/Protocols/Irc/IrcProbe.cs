using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Irc;

/// <summary>Recognises IRC by how a client registers (RFC 2812, 3.1), or by the first notice of a server.</summary>
internal static class IrcProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        direction == Direction.ToServer ? Client(data) : Server(data);

    private static Probe Client(ReadOnlySpan<byte> data)
    {
        var registration = TextProbe.Or(TextProbe.Starts(data, "NICK "u8), TextProbe.Starts(data, "CAP LS"u8));
        if (registration != Probe.No)
        {
            return registration;
        }

        var opening = TextProbe.Or(TextProbe.Starts(data, "USER "u8), TextProbe.Starts(data, "PASS "u8));
        if (opening != Probe.Yes)
        {
            return opening;
        }

        var end = data.IndexOf((byte)'\n');
        if (end < 0)
        {
            return data.Length > 512 ? Probe.No : Probe.NeedMore;
        }

        // "USER name mode unused :real name"; a password alone says nothing, the next line does.
        var line = data[..end];
        var next = data[(end + 1)..];
        return TextProbe.Starts(line, "USER "u8) == Probe.Yes
            ? line.Count((byte)' ') >= 4 ? Probe.Yes : Probe.No
            : next.IsEmpty ? Probe.NeedMore : TextProbe.Or(TextProbe.Starts(next, "NICK "u8), TextProbe.Starts(next, "USER "u8));
    }

    private static Probe Server(ReadOnlySpan<byte> data)
    {
        if (data[0] != ':')
        {
            return TextProbe.Starts(data, "NOTICE AUTH :"u8);
        }

        // ":server NOTICE …", ":server 001 …", ":server 020 …"
        var space = data.IndexOf((byte)' ');
        if (space < 0)
        {
            return data.Length > 256 ? Probe.No : Probe.NeedMore;
        }

        var rest = data[(space + 1)..];
        return TextProbe.Or(
            TextProbe.Or(TextProbe.Starts(rest, "NOTICE "u8), TextProbe.Starts(rest, "001 "u8)), TextProbe.Starts(rest, "020 "u8));
    }
}
