using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Protocols.Recognition;

namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>Recognises QUIC by a header that names a version: on any port, for there are 32 bits to agree.</summary>
internal static class QuicProbe
{
    private const byte FixedBit = 0x40;

    /// <summary>A long header with the fixed bit; or the flags of Google's older versions that a client begins with.</summary>
    public static FirstBytes Start { get; } = FirstBytes.Range(0xC0, 0xFF).And(0x09, 0x0D, 0x19, 0x1D, 0x29, 0x2D, 0x39, 0x3D);

    public static bool Datagram(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || !QuicPacket.IsLong(data[0]))
        {
            return GoogleHeader.TryReadVersion(data, out _);
        }

        if (data.Length < 7 || (data[0] & FixedBit) == 0)
        {
            return false;
        }

        var version = BinaryPrimitives.ReadUInt32BigEndian(data[1..]);
        return QuicVersion.DialectOf(version) switch
        {
            QuicDialect.GoogleClear => true,
            QuicDialect.Ietf or QuicDialect.GoogleEncrypted => QuicPacket.TryRead(data, out _),
            _ => QuicVersion.IsReserved(version) && QuicPacket.TryRead(data, out var packet) && packet.Type == QuicPacketType.Initial,
        };
    }
}
