using System.Globalization;

namespace MediaSecurityLite.Inspection.Packets;

/// <summary>The text form of an IPv6 address: lower case, the longest run of zero groups as <c>::</c> (RFC 5952, section 4).</summary>
internal static class IpAddressText
{
    public static int FormatV6(IpAddress address, Span<byte> destination)
    {
        Span<ushort> groups = stackalloc ushort[8];
        for (var i = 0; i < 4; i++)
        {
            groups[i] = (ushort)(address.High >> (48 - (16 * i)));
            groups[i + 4] = (ushort)(address.Low >> (48 - (16 * i)));
        }

        var (start, length) = LongestZeroRun(groups);
        var written = 0;
        for (var i = 0; i < 8; i++)
        {
            if (length > 1 && i == start)
            {
                destination[written++] = (byte)':';
                destination[written++] = (byte)':';
                i += length - 1;
                continue;
            }

            if (written > 0 && destination[written - 1] != (byte)':')
            {
                destination[written++] = (byte)':';
            }

            groups[i].TryFormat(destination[written..], out var digits, "x", CultureInfo.InvariantCulture);
            written += digits;
        }

        return written;
    }

    private static (int Start, int Length) LongestZeroRun(ReadOnlySpan<ushort> groups)
    {
        var (bestStart, bestLength) = (0, 0);
        for (var i = 0; i < groups.Length; i++)
        {
            var end = i;
            while (end < groups.Length && groups[end] == 0)
            {
                end++;
            }

            if (end - i > bestLength)
            {
                (bestStart, bestLength) = (i, end - i);
            }

            i = Math.Max(i, end);
        }

        return (bestStart, bestLength);
    }
}
