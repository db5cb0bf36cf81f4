namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>What stands before each message on TCP: <c>| type 1 | length 3 |</c> (RFC 1002, 4.3.1; MS-SMB2, 2.1).</summary>
internal static class SmbFrame
{
    public const int HeaderLength = 4;
    public const byte Message = 0;
    public const byte SessionRequest = 0x81;
    public const byte PositiveResponse = 0x82;
    public const byte KeepAlive = 0x85;

    /// <summary>The first byte of a message tells its version; "SMB" follows.</summary>
    public const byte Version1 = 0xFF;

    public const byte Version2 = 0xFE;

    public static bool IsFrame(byte type) => type is Message or (>= SessionRequest and <= KeepAlive);

    public static int Length(ReadOnlySpan<byte> header) => (header[1] << 16) | (header[2] << 8) | header[3];
}
