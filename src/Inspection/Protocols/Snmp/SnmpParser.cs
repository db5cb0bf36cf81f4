using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Snmp;

/// <summary>SNMP over UDP.</summary>
internal sealed class SnmpParser : ProtocolParser
{
    public override AppProtocol Protocol => AppProtocol.Snmp;

    public static bool Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow) => SnmpMessage.TryRead(data, out _);

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (SnmpMessage.TryRead(data, out var message))
        {
            observations.Snmp(flow, message);
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
