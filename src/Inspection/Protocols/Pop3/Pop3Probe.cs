using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Pop3;

/// <summary>Recognises POP3 by its greeting (RFC 1939, section 4): the server speaks first.</summary>
internal static class Pop3Probe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (direction == Direction.ToServer || flow.Tcp is not { } connection || connection[Direction.ToServer].UnreadLength > 0)
        {
            return Probe.No;
        }

        return TextProbe.Or(TextProbe.Starts(data, "+OK "u8), TextProbe.Starts(data, "+OK\r"u8));
    }
}
