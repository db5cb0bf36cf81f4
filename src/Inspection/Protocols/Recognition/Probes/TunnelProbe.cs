using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>Recognises the UDP flows around tunnelled packets; what they carry has flows of its own.</summary>
internal static class TunnelProbe
{
    /// <summary>RFC 7348, section 5: the I bit is set.</summary>
    public static bool Vxlan(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        data.Length >= 8 + 14 && flow.ServerPort is 4789 or 4790 or 8472 && (data[0] & 0x08) != 0 && data[7] == 0;

    /// <summary>RFC 8926, 3.4: version 0, and the EtherType of what is carried.</summary>
    public static bool Geneve(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        data.Length >= 8 + 14 && flow.ServerPort == 6081 && data[0] >> 6 == 0 && BinaryPrimitives.ReadUInt16BigEndian(data[2..]) is 0x6558 or 0x0800 or 0x86DD;

    /// <summary>RFC 4380, 5.1.1: IPv6, perhaps behind indications.</summary>
    public static bool Teredo(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        flow.HasPort(3544) && ((data.Length >= 40 && data[0] >> 4 == 6) || (data.Length >= 8 + 40 && data[0] == 0 && data[1] <= 1));
}
