namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>
/// Recognises SMB by the name in its header behind the four bytes of framing (MS-SMB2, 2.1), or NetBIOS's session request
/// before it (RFC 1002, 4.3.2).
/// </summary>
internal static class SmbProbe
{
    public static Probe Stream(ReadOnlySpan<byte> data)
    {
        const byte EncodedNameLength = 32;
        if (data[0] is not (SmbFrame.Message or SmbFrame.SessionRequest))
        {
            return Probe.No;
        }

        if (data.Length < 8)
        {
            // The first half of the name is enough to keep everything else out.
            return data.Length > 4 && !(data[0] == SmbFrame.SessionRequest || data[4] >= 0xFC) ? Probe.No : Probe.NeedMore;
        }

        return data[0] == SmbFrame.SessionRequest
            ? (data[1] & 0xFE) == 0 && data[4] == EncodedNameLength ? Probe.Yes : Probe.No
            : data[4] >= 0xFC && data[5..8].SequenceEqual("SMB"u8) ? Probe.Yes : Probe.No;
    }
}
