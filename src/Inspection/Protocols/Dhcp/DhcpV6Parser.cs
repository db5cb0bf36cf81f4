using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Dhcp;

/// <summary>DHCP for IPv6.</summary>
internal sealed class DhcpV6Parser : ProtocolParser
{
    public override AppProtocol Protocol => AppProtocol.DhcpV6;

    /// <summary>The format has no fixed bytes: the port must say the same.</summary>
    public static bool Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        (flow.HasPort(DhcpV6Message.ServerPort) || flow.HasPort(DhcpV6Message.ClientPort)) && DhcpV6Message.TryRead(data, out _);

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (DhcpV6Message.TryRead(data, out var message))
        {
            observations.DhcpV6(flow, message);
        }
        else
        {
            observations.CountMalformed();
        }
    }

    public override void Reset()
    {
    }
}
