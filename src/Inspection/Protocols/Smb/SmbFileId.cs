namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>What names an open file on a connection: SMB2's 16 bytes, or the 16 bits of SMB1.</summary>
internal readonly record struct SmbFileId(ulong High, ulong Low)
{
    private const ulong Preliminary = 0xFFFF_FFFE_0000_0000;

    /// <summary>In a chain of requests: the file of the one before (MS-SMB2, 3.3.5.2.7.2).</summary>
    public static SmbFileId Related => new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>The file that a request is about to open, until its answer names it.</summary>
    public static SmbFileId Of(ulong request) => new(Preliminary, request);
}
