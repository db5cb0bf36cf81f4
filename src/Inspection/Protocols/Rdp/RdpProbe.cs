using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Rdp;

/// <summary>
/// Recognises RDP by its connection request or confirm (MS-RDPBCGR, 2.2.1.1 and 2.2.1.2). Other protocols use the same
/// transport; they have parameters of X.224 where RDP has a cookie, a negotiation or nothing.
/// </summary>
internal static class RdpProbe
{
    /// <summary>ISO transport over TCP, which industrial controllers use (RFC 1006).</summary>
    private const ushort IsoTransportPort = 102;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < 2)
        {
            return Probe.NeedMore;
        }

        if (data[1] != 0 || flow.ServerPort == IsoTransportPort)
        {
            return Probe.No;
        }

        if (data.Length < RdpTransport.HeaderLength)
        {
            return data.Length > 5 && !IsKind(data[5], direction) ? Probe.No : Probe.NeedMore;
        }

        var length = RdpTransport.Length(data);
        if (!IsKind(data[5], direction) || data[4] != length - 5 || length < RdpTransport.HeaderLength)
        {
            return Probe.No;
        }

        if (length == RdpTransport.HeaderLength)
        {
            return Probe.Yes;
        }

        if (data.Length == RdpTransport.HeaderLength)
        {
            return Probe.NeedMore;
        }

        return data[RdpTransport.HeaderLength] is RdpTransport.NegotiationRequest or RdpTransport.NegotiationResponse or RdpTransport.NegotiationFailure or (byte)'C'
            ? Probe.Yes
            : Probe.No;
    }

    private static bool IsKind(byte code, Direction direction) =>
        (code & 0xF0) == (direction == Direction.ToServer ? RdpTransport.ConnectionRequest : RdpTransport.ConnectionConfirm);
}
