using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition.Probes;

/// <summary>
/// Recognises RADIUS (RFC 2865, section 3; RFC 2866; RFC 5176): <c>| code 1 | id 1 | length 2 | authenticator 16 | attributes |</c>,
/// the attributes filling it exactly. Elsewhere than on its ports several must be there.
/// </summary>
internal static class RadiusProbe
{
    private const int HeaderLength = 20;
    private const int MaxLength = 4096;
    private const int ProofAttributes = 3;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length is < HeaderLength or > MaxLength
            || data[0] is not ((>= 1 and <= 5) or (>= 11 and <= 13) or (>= 40 and <= 45))
            || BinaryPrimitives.ReadUInt16BigEndian(data[2..]) != data.Length)
        {
            return false;
        }

        var count = 0;
        for (var rest = data[HeaderLength..]; !rest.IsEmpty; count++)
        {
            if (rest.Length < 2 || rest[0] == 0 || rest[1] < 2 || rest[1] > rest.Length)
            {
                return false;
            }

            rest = rest[rest[1]..];
        }

        return count >= ProofAttributes || flow.HasPort(1812) || flow.HasPort(1813) || flow.HasPort(1645) || flow.HasPort(1646) || flow.HasPort(3799);
    }
}
