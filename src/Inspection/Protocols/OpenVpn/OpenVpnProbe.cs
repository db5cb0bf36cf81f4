using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.OpenVpn;

/// <summary>
/// Recognises OpenVPN by the hard reset that starts each side (OpenVPN protocol documentation, "P_CONTROL_HARD_RESET"):
/// <code>
/// plain:     | opcode 5 key 3 | session 8 | acknowledgments: count 1, ids 4 each, peer's session 8 | packet id 4 |
/// tls-auth:  | opcode, key | session 8 | HMAC 16, 20, 32 or 64 | replay id 4 | time 4 | acknowledgments … | packet id 4 |
/// tls-crypt: | opcode, key | session 8 | replay id 4 | time 4 | HMAC 32 | encrypted rest |
/// </code>
/// Over TCP two bytes of length stand before each packet.
/// </summary>
internal static class OpenVpnProbe
{
    private const int ClientReset = 7;
    private const int ServerReset = 8;
    private const int ClientResetV3 = 10;
    private const int SessionEnd = 9;

    /// <summary>A wrapped client key of tls-crypt-v2 is at most 1,024 bytes long.</summary>
    private const int MaxResetLength = 1200;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) => IsReset(data);

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length >= 3 && (data[2] & 7) != 0)
        {
            return Probe.No;
        }

        if (data.Length >= 3 && data[2] >> 3 is not (ClientReset or ServerReset or ClientResetV3))
        {
            return Probe.No;
        }

        if (data.Length < 2)
        {
            return Probe.NeedMore;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        if (length is < 14 or > MaxResetLength)
        {
            return Probe.No;
        }

        if (data.Length < 2 + length)
        {
            return Probe.NeedMore;
        }

        return IsReset(data.Slice(2, length)) ? Probe.Yes : Probe.No;
    }

    private static bool IsReset(ReadOnlySpan<byte> data)
    {
        if (data.Length < 14 || (data[0] & 7) != 0 || BinaryPrimitives.ReadUInt64BigEndian(data[1..]) == 0)
        {
            return false;
        }

        var opcode = data[0] >> 3;
        if (opcode is not (ClientReset or ServerReset or ClientResetV3))
        {
            return false;
        }

        return IsTail(data[SessionEnd..], opcode) || IsAuthenticated(data, opcode) || IsEncrypted(data, opcode);
    }

    /// <summary>Acknowledgments and packet id 0, and nothing behind: a client has nothing to acknowledge yet.</summary>
    private static bool IsTail(ReadOnlySpan<byte> tail, int opcode)
    {
        var acknowledged = tail[0];
        var length = acknowledged == 0 ? 5 : 5 + (4 * acknowledged) + 8;
        return tail.Length == length
            && acknowledged <= (opcode == ServerReset ? 4 : 0)
            && BinaryPrimitives.ReadUInt32BigEndian(tail[(length - 4)..]) == 0;
    }

    private static bool IsAuthenticated(ReadOnlySpan<byte> data, int opcode)
    {
        foreach (var hmac in (ReadOnlySpan<int>)[16, 20, 32, 64])
        {
            var replay = SessionEnd + hmac;
            if (data.Length >= replay + 8 + 5 && IsReplayId(data[replay..]) && IsTail(data[(replay + 8)..], opcode))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEncrypted(ReadOnlySpan<byte> data, int opcode)
    {
        const int Hmac = 32;
        const int WithoutTail = SessionEnd + 8 + Hmac;
        var tail = data.Length - WithoutTail;
        return tail > 0 && IsReplayId(data[SessionEnd..]) && opcode switch
        {
            ClientReset => tail == 5,
            ServerReset => tail is 17 or 5,
            _ => tail > 5,
        };
    }

    /// <summary>A small number and a time after 2004.</summary>
    private static bool IsReplayId(ReadOnlySpan<byte> data) =>
        BinaryPrimitives.ReadUInt32BigEndian(data) is > 0 and < 256 && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) is > 0x4000_0000 and < 0xC000_0000;
}
