using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Rdp;

/// <summary>
/// TPKT and X.224 (RFC 1006, section 6; X.224, section 13): <c>| 3 | 0 | length 2 | header length 1 | code 1 | destination 2 | source 2 | class 1 |</c>.
/// </summary>
internal static class RdpTransport
{
    public const int FrameLength = 4;
    public const int HeaderLength = 11;

    /// <summary>Data has a short header: <c>| length 1 | 0xF0 | 0x80 |</c>.</summary>
    public const int DataHeaderLength = 7;

    public const byte Version = 3;
    public const byte ConnectionRequest = 0xE0;
    public const byte ConnectionConfirm = 0xD0;
    public const byte Data = 0xF0;
    public const byte NegotiationRequest = 1;
    public const byte NegotiationResponse = 2;
    public const byte NegotiationFailure = 3;

    public static int Length(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame[2..]);
}
