namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>Commands of SMB2 that are read (MS-SMB2, 2.2.1.2).</summary>
internal static class Smb2Command
{
    public const ushort Negotiate = 0;
    public const ushort TreeConnect = 3;
    public const ushort Create = 5;
    public const ushort Close = 6;
    public const ushort Read = 8;
    public const ushort Write = 9;
}

/// <summary>
/// The header of SMB2 (MS-SMB2, 2.2.1.2), little-endian:
/// <c>| 0xFE S M B | size 2 | charge 2 | status 4 | command 2 | credits 2 | flags 4 | next command 4 | message id 8 | … 4 | tree id 4 | session id 8 | signature 16 |</c>.
/// </summary>
internal readonly ref struct Smb2Header(ReadOnlySpan<byte> command)
{
    public const int Length = 64;

    private const uint IsResponseFlag = 1;
    private const uint IsAsynchronousFlag = 2;

    public uint Status { get; } = SmbBytes.U32(command, 8);

    public ushort Command { get; } = SmbBytes.U16(command, 12);

    public uint Flags { get; } = SmbBytes.U32(command, 16);

    /// <summary>Where the next command of the chain starts, counted from here; 0 in the last.</summary>
    public uint NextCommand { get; } = SmbBytes.U32(command, 20);

    public ulong MessageId { get; } = SmbBytes.U64(command, 24);

    public uint TreeId { get; } = SmbBytes.U32(command, 36);

    public bool IsResponse => (Flags & IsResponseFlag) != 0;

    /// <summary>An interim answer: the real one comes later under the same number.</summary>
    public bool IsPending => (Flags & IsAsynchronousFlag) != 0 && Status == 0x103;
}
