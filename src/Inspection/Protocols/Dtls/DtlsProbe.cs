using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Dtls;

/// <summary>
/// Recognises DTLS by the first handshake record (RFC 6347, 4.1 and 4.2.2; RFC 9147 keeps this form for its hellos).
/// <code>
/// | type 8 | version 16 | epoch 16 | sequence 48 | length 16 | handshake: type 8, length 24, message 16, offset 24, fragment 24
/// </code>
/// </summary>
internal static class DtlsProbe
{
    private const byte Handshake = 22;
    private const int RecordHeaderLength = 13;
    private const int HandshakeHeaderLength = 12;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        if (data.Length < RecordHeaderLength + HandshakeHeaderLength || data[0] != Handshake)
        {
            return false;
        }

        // 1.0, 1.2, and what Cisco's AnyConnect still sends (OpenSSL's DTLS1_BAD_VER).
        var version = BinaryPrimitives.ReadUInt16BigEndian(data[1..]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(data[11..]);
        if (version is not (0xFEFF or 0xFEFD or 0x0100) || BinaryPrimitives.ReadUInt16BigEndian(data[3..]) != 0 || length > data.Length - RecordHeaderLength)
        {
            return false;
        }

        // client hello, server hello, hello verify request … finished; a fragment lies within its message.
        var message = data[RecordHeaderLength..];
        var whole = BinaryPrimitives.ReadUInt32BigEndian(message) & 0xFF_FFFF;
        var fragment = BinaryPrimitives.ReadUInt32BigEndian(message[8..]) & 0xFF_FFFF;
        return message[0] is 1 or 2 or 3 or 11 or 12 or 13 or 14 or 16 && fragment <= whole && fragment + HandshakeHeaderLength <= length;
    }
}
