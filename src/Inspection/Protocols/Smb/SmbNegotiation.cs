using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>What the two sides agreed to speak.</summary>
internal sealed class SmbNegotiation
{
    public const int GuidLength = 16;

    /// <summary>SMB1 or its successors.</summary>
    public bool IsVersion1 { get; set; }

    /// <summary>The dialects the client offers: names in SMB1, numbers written out in SMB2.</summary>
    public KeptList Offered { get; } = new(maxItems: 32, maxBytes: 1024);

    /// <summary>The dialect the server chose; empty until it has.</summary>
    public KeptField Chosen { get; } = new(64);

    /// <summary>As on the wire; empty in SMB1.</summary>
    public KeptField ClientGuid { get; } = new(GuidLength);

    public KeptField ServerGuid { get; } = new(GuidLength);

    public uint Status { get; set; }

    public void Clear()
    {
        Offered.Clear();
        Chosen.Clear();
        ClientGuid.Clear();
        ServerGuid.Clear();
        Status = 0;
        IsVersion1 = false;
    }

    /// <summary>A dialect of SMB2 as it is usually written: 0x0311 is "3.11".</summary>
    public static int Format(ushort dialect, Span<byte> destination)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        destination[0] = digits[(dialect >> 8) & 15];
        destination[1] = (byte)'.';
        destination[2] = digits[(dialect >> 4) & 15];
        destination[3] = digits[dialect & 15];
        return 4;
    }
}
