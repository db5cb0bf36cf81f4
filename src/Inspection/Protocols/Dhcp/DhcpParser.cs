using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Dhcp;

/// <summary>DHCP: who joined the network, as what, and with which address.</summary>
internal sealed class DhcpParser : ProtocolParser
{
    public override AppProtocol Protocol => AppProtocol.Dhcp;

    public static bool Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow) => DhcpMessage.TryRead(data, out _);

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (DhcpMessage.TryRead(data, out var message))
        {
            observations.Dhcp(flow, message);
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
