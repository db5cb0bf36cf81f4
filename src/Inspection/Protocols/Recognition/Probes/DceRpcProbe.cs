using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises DCE/RPC (C706, 12.6.3 and 12.5.1):
/// <code>
/// connections: | 5 | minor 0, 1 | type 1 | flags 1 | data representation 4 | fragment length 2 | auth length 2 | call 4 |
/// datagrams:   | 4 | type 1 | flags 2 | data representation 3 | … 80 bytes, the length of what follows at 74
/// </code>
/// </summary>
internal static class DceRpcProbe
{
    private const int HeaderLength = 16;
    private const int DatagramHeaderLength = 80;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data[0] != 5 || (data.Length > 1 && data[1] > 1) || (data.Length > 2 && data[2] is not (0 or 2 or 3 or (>= 11 and <= 19))))
        {
            return Probe.No;
        }

        if (data.Length < HeaderLength)
        {
            return Probe.NeedMore;
        }

        var isLittle = data[4] == 0x10;
        var length = Number(data[8..], isLittle);
        var isSound = data[4] is 0x00 or 0x10 && data[5] <= 3 && data[6] == 0 && data[7] == 0 && length >= HeaderLength && Number(data[10..], isLittle) < length;
        return isSound ? Probe.Yes : Probe.No;
    }

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        data.Length >= DatagramHeaderLength
        && data[0] == 4
        && data[1] <= 10
        && data[4] is 0x00 or 0x10
        && data[5] <= 3
        && Number(data[74..], data[4] == 0x10) == data.Length - DatagramHeaderLength;

    private static ushort Number(ReadOnlySpan<byte> data, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);
}
