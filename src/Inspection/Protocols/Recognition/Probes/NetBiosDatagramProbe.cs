using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises NetBIOS datagrams (RFC 1002, 4.4) on their port: <c>| type 1 | flags 1 | id 2 | source address 4 | port 2 (138) | … |</c>.
/// </summary>
internal static class NetBiosDatagramProbe
{
    private const ushort Port = 138;
    private const int HeaderLength = 10;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        data.Length >= HeaderLength
        && flow.HasPort(Port)
        && data[0] is >= 0x10 and <= 0x16
        && BinaryPrimitives.ReadUInt16BigEndian(data[8..]) == Port;
}
