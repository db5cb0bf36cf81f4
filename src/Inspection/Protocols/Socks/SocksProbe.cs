using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Socks;

/// <summary>Recognises SOCKS 4, 4A and 5 by the client's first message.</summary>
internal static class SocksProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (direction == Direction.ToClient)
        {
            // Two bytes of answer prove nothing: the client's side decides.
            return Probe.No;
        }

        var length = data[0] == 4 ? SocksMessage.ReadV4(data, out _) : SocksMessage.ReadGreeting(data);
        // What stands behind the message does not count: another cut of the stream might not have shown it yet.
        return length > 0 ? Probe.Yes : length == 0 ? Probe.NeedMore : Probe.No;
    }
}
