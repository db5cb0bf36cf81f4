using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Sip;

/// <summary>Recognises SIP by its status line, or by a method before an address of its own kind (RFC 3261, 19.1; RFC 3966).</summary>
internal static class SipProbe
{
    private const int MaxMethod = 12;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var end = data.IndexOf((byte)'\n');
        return end > 0 && Stream(data, direction, flow) == Probe.Yes && SipStartLine.TryRead(data[..end].TrimEnd((byte)'\r'), out _);
    }

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var status = TextProbe.Starts(data, "SIP/2.0 "u8);
        if (status != Probe.No)
        {
            return status;
        }

        var end = data.IndexOfAnyExceptInRange((byte)'A', (byte)'Z');
        if (end < 0)
        {
            return data.Length > MaxMethod ? Probe.No : Probe.NeedMore;
        }

        if (end is 0 or > MaxMethod || data[end] != ' ')
        {
            return Probe.No;
        }

        var uri = data[(end + 1)..];
        return uri.IsEmpty
            ? Probe.NeedMore
            : TextProbe.Or(TextProbe.Or(TextProbe.Starts(uri, "sip:"u8), TextProbe.Starts(uri, "sips:"u8)), TextProbe.Starts(uri, "tel:"u8));
    }
}
