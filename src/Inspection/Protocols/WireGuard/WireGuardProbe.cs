using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.WireGuard;

/// <summary>
/// Recognises WireGuard (wireguard.com/protocol): a type, three reserved zeros, and for handshakes an exact length. Data alone
/// proves nothing; a receiver's number that stays with a counter that goes on does.
/// </summary>
internal static class WireGuardProbe
{
    private const int InitiationLength = 148;
    private const int ResponseLength = 92;
    private const int CookieLength = 64;
    private const int DataHeaderLength = 16;
    private const int TagLength = 16;
    private const int Enough = 3;
    private const uint MaxStep = 64;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < DataHeaderLength + TagLength || data[1] != 0 || data[2] != 0 || data[3] != 0)
        {
            return false;
        }

        var index = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        return data[0] switch
        {
            1 => data.Length == InitiationLength && index != 0,
            2 => data.Length == ResponseLength && index != 0,
            3 => data.Length == CookieLength && index != 0,
            4 => data.Length % 16 == 0 && index != 0 && IsData(data, index, direction, flow),
            _ => false,
        };
    }

    private static bool IsData(ReadOnlySpan<byte> data, uint index, Direction direction, Flow flow)
    {
        var counter = BinaryPrimitives.ReadUInt64LittleEndian(data[8..]);
        return counter <= uint.MaxValue && flow.EvidenceOf(direction).Add(AppProtocol.WireGuard, index, (uint)counter, MaxStep) >= Enough;
    }
}
