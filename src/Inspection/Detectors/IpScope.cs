using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>Which addresses belong to an office's own network.</summary>
internal static class IpScope
{
    /// <summary>RFC 1918, RFC 6598 (shared), RFC 3927 and RFC 4291 (link-local), RFC 4193 (unique local).</summary>
    public static bool IsPrivate(IpAddress address)
    {
        if (address.IsIPv4)
        {
            var v4 = address.V4;
            return v4 >> 24 == 10 || v4 >> 20 == 0xAC1 || v4 >> 16 == 0xC0A8 || v4 >> 16 == 0xA9FE || v4 >> 22 == 0x6440 >> 6;
        }

        return address.High >> 54 == 0xFE80 >> 6 || address.High >> 57 == 0xFC >> 1;
    }
}
