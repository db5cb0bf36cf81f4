using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>DNS and its kin over UDP, and over TCP with two bytes of length before each message (RFC 1035, 4.2).</summary>
internal sealed class DnsParser(AppProtocol protocol) : ProtocolParser
{
    public override AppProtocol Protocol => protocol;

    public override bool IsSettled => false;

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (DnsMessage.TryRead(data, out var message))
        {
            observations.Dns(flow, message);
        }
        else
        {
            observations.CountMalformed();
        }
    }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var taken = 0;
        while (data.Length - taken >= 2)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[taken..]);
            if (data.Length - taken - 2 < length)
            {
                wanted = length + 2;
                break;
            }

            ReadDatagram(observations, flow, direction, data.Slice(taken + 2, length));
            taken += length + 2;
        }

        return taken;
    }

    public override void Reset()
    {
    }
}
