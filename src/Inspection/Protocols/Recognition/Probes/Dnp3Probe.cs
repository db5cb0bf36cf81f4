using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises DNP3 by its link header and the checksum over it (IEEE 1815, 9.2):
/// <c>| 05 64 | length 1 | control 1 | destination 2 | source 2 | CRC 2 |</c>.
/// </summary>
internal static class Dnp3Probe
{
    private const int CheckedLength = 8;
    private const int HeaderLength = CheckedLength + 2;
    private const int MinLength = 5;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) => Stream(data, direction, flow) == Probe.Yes;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data[0] != 0x05 || (data.Length > 1 && data[1] != 0x64) || (data.Length > 2 && data[2] < MinLength))
        {
            return Probe.No;
        }

        if (data.Length < HeaderLength)
        {
            return Probe.NeedMore;
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(data[CheckedLength..]) == Checksum(data[..CheckedLength]) ? Probe.Yes : Probe.No;
    }

    /// <summary>CRC-16/DNP: polynomial 0x3D65 reflected, inverted at the end.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> data)
    {
        const int ReflectedPolynomial = 0xA6BC;
        var crc = 0;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ ReflectedPolynomial : crc >> 1;
            }
        }

        return (ushort)~crc;
    }
}
