using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Recognition;

namespace MediaSecurityLite.Inspection.Protocols.Stun;

/// <summary>Recognises STUN and TURN on any port.</summary>
internal static class StunProbe
{
    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) => StunMessage.TryRead(data, out _);

    /// <summary>Over TCP either as it is (RFC 8489, 6.2.2), or with two bytes of length before it (RFC 4571, as ICE does).</summary>
    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var bare = Header(data);
        if (bare == Probe.Yes || data.Length < 2)
        {
            return data.Length < 2 ? Probe.NeedMore : bare;
        }

        var framed = data.Length == 2 ? Probe.NeedMore : Header(data[2..]);
        if (framed == Probe.Yes && !IsFramed(data))
        {
            framed = Probe.No;
        }

        return framed == Probe.No ? bare : framed;
    }

    /// <summary>True if two bytes of length stand before the message that starts here.</summary>
    public static bool IsFramed(ReadOnlySpan<byte> data) =>
        data.Length >= 6
        && BinaryPrimitives.ReadUInt16BigEndian(data) == BinaryPrimitives.ReadUInt16BigEndian(data[4..]) + StunMessage.HeaderLength;

    private static Probe Header(ReadOnlySpan<byte> data)
    {
        // RFC 8489, 5: the two highest bits are 0, lengths are multiples of four.
        if ((data[0] & 0xC0) != 0 || (data.Length >= 4 && (data[3] & 3) != 0))
        {
            return Probe.No;
        }

        return data.Length <= 4 ? Probe.NeedMore : Prefix.Match(data[4..], [0x21, 0x12, 0xA4, 0x42]);
    }
}
