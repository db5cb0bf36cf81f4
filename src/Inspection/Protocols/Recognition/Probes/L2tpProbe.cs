using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises L2TP by a control message (RFC 2661, 3.1 and 4.1): flags T, L and S with version 2, the length, and the message
/// type as first attribute; or by its acknowledgment, which is a header alone.
/// </summary>
internal static class L2tpProbe
{
    private const int HeaderLength = 12;
    private const ushort ControlFlags = 0xC802;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        data.Length >= HeaderLength
        && BinaryPrimitives.ReadUInt16BigEndian(data) == ControlFlags
        && BinaryPrimitives.ReadUInt16BigEndian(data[2..]) == data.Length
        && (data.Length == HeaderLength || IsMessageType(data[HeaderLength..]));

    private static bool IsMessageType(ReadOnlySpan<byte> attribute) => attribute is [0x80 or 0x00, 8, 0, 0, 0, 0, 0, >= 1 and <= 16, ..];
}
