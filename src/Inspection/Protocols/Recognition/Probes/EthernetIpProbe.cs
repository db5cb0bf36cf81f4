using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises EtherNet/IP on its port (ODVA, EtherNet/IP Specification, 2-3):
/// <c>| command 2 | length 2 | session 4 | status 4 | context 8 | options 4 (0) |</c>, little endian.
/// </summary>
internal static class EthernetIpProbe
{
    private const ushort Port = 44818;
    private const int HeaderLength = 24;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) => Stream(data, direction, flow) == Probe.Yes;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (!flow.HasPort(Port) || data.Length < HeaderLength)
        {
            return flow.HasPort(Port) ? Probe.NeedMore : Probe.No;
        }

        var isKnown = BinaryPrimitives.ReadUInt16LittleEndian(data) is 0x00 or 0x01 or 0x04 or 0x63 or 0x64 or 0x65 or 0x66 or 0x6F or 0x70 or 0x72 or 0x73;
        return isKnown && BinaryPrimitives.ReadUInt32LittleEndian(data[20..]) == 0 ? Probe.Yes : Probe.No;
    }
}
