using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises CoAP (RFC 7252, section 3) on its ports by header and options that fit:
/// <c>| version 2 (1) | type 2 | token length 4 | code 8 | message id 16 | token | options | FF payload |</c>.
/// </summary>
internal static class CoapProbe
{
    private const int HeaderLength = 4;
    private const byte PayloadMarker = 0xFF;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < HeaderLength || data[0] >> 6 != 1 || !(flow.HasPort(5683) || flow.HasPort(5684) || IsAlternative(flow)))
        {
            return false;
        }

        // Methods 0.01 to 0.07, answers 2.xx, 4.xx, 5.xx, or an empty message.
        var tokenLength = data[0] & 0x0F;
        var (kind, detail) = (data[1] >> 5, data[1] & 0x1F);
        var isKnown = kind switch { 0 => detail <= 7, 2 or 4 or 5 => detail <= 11 || (kind == 4 && detail <= 29) || detail == 31, _ => false };
        return isKnown && tokenLength <= 8 && data.Length >= HeaderLength + tokenLength && AreOptions(data[(HeaderLength + tokenLength)..]);
    }

    /// <summary>RFC 7252, 12.8: 6LoWPAN's compressed ports.</summary>
    private static bool IsAlternative(Flow flow) => flow.ServerPort is >= 61616 and <= 61631 || flow.ClientPort is >= 61616 and <= 61631;

    private static bool AreOptions(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty && rest[0] != PayloadMarker)
        {
            var head = rest[0];
            rest = rest[1..];
            if (!TryReadExtended(ref rest, head >> 4, out _) || !TryReadExtended(ref rest, head & 0x0F, out var length) || length > rest.Length)
            {
                return false;
            }

            rest = rest[length..];
        }

        return rest.Length != 1;
    }

    /// <summary>RFC 7252, 3.1: 13 and 14 announce one and two more bytes.</summary>
    private static bool TryReadExtended(ref ReadOnlySpan<byte> rest, int nibble, out int value)
    {
        value = nibble;
        switch (nibble)
        {
            case 13 when rest.Length >= 1:
                value = 13 + rest[0];
                rest = rest[1..];
                return true;
            case 14 when rest.Length >= 2:
                value = 269 + BinaryPrimitives.ReadUInt16BigEndian(rest);
                rest = rest[2..];
                return true;
            default:
                return nibble < 13;
        }
    }
}
