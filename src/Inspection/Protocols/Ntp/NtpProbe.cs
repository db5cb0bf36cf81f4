using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Ntp;

/// <summary>
/// Recognises NTP (RFC 5905, 7.3; control messages: RFC 9327; SNTP: RFC 4330).
/// <code>
/// | LI 2 VN 3 Mode 3 | stratum 1 | poll 1 | precision 1 | root delay 4 | root dispersion 4 | reference id 4 | four timestamps of 8
/// </code>
/// </summary>
internal static class NtpProbe
{
    private const ushort Port = 123;
    private const int HeaderLength = 48;
    private const int ControlHeaderLength = 12;
    private const int PrivateHeaderLength = 8;
    private const int Client = 3;
    private const int Server = 4;
    private const int Control = 6;
    private const int Private = 7;

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        var version = (data[0] >> 3) & 7;
        var mode = data[0] & 7;
        if (version is < 1 or > 4)
        {
            return false;
        }

        if (flow.HasPort(Port))
        {
            return mode switch
            {
                Control => data.Length >= ControlHeaderLength,
                Private => data.Length >= PrivateHeaderLength,
                0 => version == 1 && data.Length >= HeaderLength,
                _ => data.Length >= HeaderLength && data[1] <= 16,
            };
        }

        return version >= 3 && data.Length == HeaderLength && mode switch
        {
            Client => data[4..40].IndexOfAnyExcept((byte)0) < 0 && IsRecent(data[40..]),
            Server => data[1] is >= 1 and < 16 && IsRecent(data[16..]) && IsRecent(data[32..]) && IsRecent(data[40..]),
            _ => false,
        };
    }

    /// <summary>A timestamp after 2004 (seconds since 1900, in the first era or the second).</summary>
    private static bool IsRecent(ReadOnlySpan<byte> timestamp)
    {
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(timestamp);
        return seconds is > 0xC400_0000 or (> 0 and < 0x2000_0000);
    }
}
