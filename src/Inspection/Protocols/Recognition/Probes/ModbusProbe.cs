using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises Modbus/TCP on its port (Modbus Messaging on TCP/IP 1.0b, 3.1.3):
/// <c>| transaction 2 | protocol 2 (0) | length 2 | unit 1 | function 1 | … |</c>.
/// </summary>
internal static class ModbusProbe
{
    private const ushort Port = 502;
    private const int HeaderLength = 8;

    /// <summary>A unit, a function and 252 bytes of data.</summary>
    private const int MaxLength = 254;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (!flow.HasPort(Port) || data.Length < HeaderLength)
        {
            return flow.HasPort(Port) ? Probe.NeedMore : Probe.No;
        }

        var isSound = BinaryPrimitives.ReadUInt16BigEndian(data[2..]) == 0
            && BinaryPrimitives.ReadUInt16BigEndian(data[4..]) is >= 2 and <= MaxLength
            && (data[7] & 0x7F) != 0;
        return isSound ? Probe.Yes : Probe.No;
    }
}
