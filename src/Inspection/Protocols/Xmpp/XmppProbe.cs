using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Xmpp;

/// <summary>Recognises XMPP by the opening of its stream (RFC 6120, 4.7), with or without an XML declaration before it.</summary>
internal static class XmppProbe
{
    private const int MaxDeclaration = 256;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var declaration = TextProbe.Starts(data, "<?xml"u8);
        if (declaration != Probe.Yes)
        {
            var stream = TextProbe.Starts(data, "<stream:stream"u8);
            return TextProbe.Or(declaration, stream);
        }

        var end = data.IndexOf("?>"u8);
        if (end < 0)
        {
            return data.Length > MaxDeclaration ? Probe.No : Probe.NeedMore;
        }

        var rest = data[(end + 2)..].TrimStart(" \t\r\n"u8);
        return rest.IsEmpty ? (data.Length > MaxDeclaration ? Probe.No : Probe.NeedMore) : TextProbe.Starts(rest, "<stream:stream"u8);
    }
}
