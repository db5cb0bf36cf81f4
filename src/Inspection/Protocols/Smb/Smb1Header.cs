namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>Commands of SMB1 that are read (MS-CIFS, 2.2.2.1).</summary>
internal static class Smb1Command
{
    public const byte Close = 0x04;
    public const byte OpenAndX = 0x2D;
    public const byte ReadAndX = 0x2E;
    public const byte WriteAndX = 0x2F;
    public const byte Negotiate = 0x72;
    public const byte TreeConnectAndX = 0x75;
    public const byte NtCreateAndX = 0xA2;
    public const byte None = 0xFF;

    /// <summary>Commands that may be followed by another one in the same message (MS-CIFS, 2.2.3.4).</summary>
    public static bool IsChained(byte command) =>
        command is OpenAndX or ReadAndX or WriteAndX or TreeConnectAndX or NtCreateAndX or 0x24 or 0x73 or 0x74;
}

/// <summary>
/// The header of SMB1 (MS-CIFS, 2.2.3.1), little-endian:
/// <c>| 0xFF S M B | command 1 | status 4 | flags 1 | flags2 2 | process high 2 | signature 8 | 2 | tree 2 | process 2 | user 2 | multiplex 2 |</c>.
/// </summary>
internal readonly ref struct Smb1Header(ReadOnlySpan<byte> message)
{
    public const int Length = 32;

    public byte Command { get; } = message[4];

    public uint Status { get; } = SmbBytes.U32(message, 5);

    public bool IsResponse { get; } = (message[9] & 0x80) != 0;

    public bool IsUnicode { get; } = (message[11] & 0x80) != 0;

    public ushort Tree { get; } = SmbBytes.U16(message, 24);

    /// <summary>What request and answer have in common: process, multiplex and user numbers.</summary>
    public ulong Number { get; } =
        SmbBytes.U16(message, 30) | ((ulong)SmbBytes.U16(message, 26) << 16) | ((ulong)SmbBytes.U16(message, 28) << 32);
}
