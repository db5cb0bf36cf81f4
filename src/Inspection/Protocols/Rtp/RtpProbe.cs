using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Rtp;

/// <summary>
/// Recognises RTP (RFC 3550, 5.1) by several packets of one source whose sequence numbers go on: a single one proves nothing.
/// <code>
/// | V=2 P X CC 4 | M payload type 7 | sequence number 16 | timestamp 32 | source (SSRC) 32 | CC contributing sources | extension
/// </code>
/// </summary>
internal static class RtpProbe
{
    private const int HeaderLength = 12;

    /// <summary>RFC 3550, A.1 asks for two in sequence; without a call set-up to rely on, one more.</summary>
    private const int Enough = 3;

    /// <summary>RFC 3550, A.1: MAX_DROPOUT is 3000; a call's start loses far fewer.</summary>
    private const uint MaxStep = 16;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < HeaderLength || data[0] >> 6 != 2)
        {
            return false;
        }

        var type = data[1] & 0x7F;
        var length = HeaderLength + ((data[0] & 0x0F) * 4);
        var hasExtension = (data[0] & 0x10) != 0;
        if (hasExtension && data.Length >= length + 4)
        {
            length += 4 + (BinaryPrimitives.ReadUInt16BigEndian(data[(length + 2)..]) * 4);
        }

        // Types 72 to 76 would be RTCP's; 35 to 71 and 77 to 95 are unassigned but used where 96 to 127 do not suffice.
        var source = BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
        if (type is >= 64 and <= 95 || length > data.Length || source == 0)
        {
            return false;
        }

        // Shifted up so that 16 bits wrap as 32 do.
        var sequence = (uint)BinaryPrimitives.ReadUInt16BigEndian(data[2..]) << 16;
        return flow.EvidenceOf(direction).Add(AppProtocol.Rtp, source, sequence, MaxStep << 16) >= Enough;
    }
}
