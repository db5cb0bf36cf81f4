using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Rtp;

/// <summary>
/// Recognises RTCP (RFC 3550, 6.1): packets that fill the datagram exactly, a report first.
/// <code>
/// | V=2 P count 5 | packet type 8 | length in words minus one 16 | source (SSRC) 32 | …
/// </code>
/// </summary>
internal static class RtcpProbe
{
    private const int HeaderLength = 8;
    private const byte SenderReport = 200;
    private const byte ReceiverReport = 201;
    private const byte LastType = 207;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < HeaderLength || data[1] is not (SenderReport or ReceiverReport))
        {
            return false;
        }

        // Secure RTCP (RFC 3711, 3.4) leaves the first header in clear and ends with an index and a tag.
        const int MaxTrailer = 4 + 10 + 4;
        var offset = 0;
        while (data.Length - offset >= HeaderLength - 4 && data[offset] >> 6 == 2 && data[offset + 1] is >= SenderReport and <= LastType)
        {
            var length = (BinaryPrimitives.ReadUInt16BigEndian(data[(offset + 2)..]) + 1) * 4;
            if (length > data.Length - offset)
            {
                return false;
            }

            offset += length;
        }

        var blocks = data[0] & 0x1F;
        var isReportWhole = BinaryPrimitives.ReadUInt16BigEndian(data[2..]) >= (data[1] == SenderReport ? 6 : 1) + (blocks * 6);
        return isReportWhole && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) != 0 && (offset == data.Length || data.Length - offset <= MaxTrailer);
    }
}
