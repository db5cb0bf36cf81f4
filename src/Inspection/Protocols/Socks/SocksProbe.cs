using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Socks;

/// <summary>Recognises SOCKS 4, 4A and 5 by the client's first message, and by nothing strange behind it.</summary>
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
        if (length <= 0)
        {
            return length == 0 ? Probe.NeedMore : Probe.No;
        }

        // A client that does not wait goes on with a request, or with its password (RFC 1929).
        var isFollowed = data[0] == 5 && data.Length > length;
        return !isFollowed || data[length] is 5 or 1 ? Probe.Yes : Probe.No;
    }
}
