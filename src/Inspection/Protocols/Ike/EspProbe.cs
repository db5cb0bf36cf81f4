using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Ike;

/// <summary>
/// Recognises ESP in UDP (RFC 3948, 2.1) on its port: a security association's number that stays, a sequence that goes on;
/// or the keep-alive of one byte (2.3).
/// </summary>
internal static class EspProbe
{
    private const ushort Port = 4500;
    private const int HeaderLength = 8;
    private const int Enough = 2;
    private const uint MaxStep = 64;
    private const byte KeepAlive = 0xFF;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (!flow.HasPort(Port))
        {
            return false;
        }

        if (data.Length == 1)
        {
            return data[0] == KeepAlive;
        }

        // IANA reserves the first 255 numbers; block ciphers and tags leave a multiple of four.
        const uint FirstSpi = 256;
        var spi = data.Length > HeaderLength ? BinaryPrimitives.ReadUInt32BigEndian(data) : 0;
        return spi >= FirstSpi
            && data.Length % 4 == 0
            && flow.EvidenceOf(direction).Add(AppProtocol.Ipsec, spi, BinaryPrimitives.ReadUInt32BigEndian(data[4..]), MaxStep) >= Enough;
    }
}
