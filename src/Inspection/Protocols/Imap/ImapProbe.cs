using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Imap;

/// <summary>Recognises IMAP by its greeting (RFC 9051, 7.1): the server speaks first.</summary>
internal static class ImapProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction) => direction == Direction.ToServer
        ? Probe.No
        : TextProbe.Or(TextProbe.Or(TextProbe.Starts(data, "* OK "u8), TextProbe.Starts(data, "* PREAUTH "u8)), TextProbe.Starts(data, "* BYE "u8));
}
