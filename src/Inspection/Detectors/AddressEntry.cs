using System.Globalization;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>How an entry that <see cref="IPatternSet.FindAddress"/> found is written.</summary>
public static class AddressEntry
{
    /// <summary>Writes <c>192.0.2.1:443</c>, <c>192.0.2.1</c> or <c>192.0.2.0/24</c>.</summary>
    /// <param name="address">The address that was asked for.</param>
    /// <param name="port">The port that was asked for.</param>
    /// <param name="length">The match's length.</param>
    public static string Text(IpAddress address, ushort port, int length)
    {
        var longest = address.IsIPv4 ? 32 : 128;
        if (length > longest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(address.IsIPv4 ? address.ToString() : $"[{address}]")}:{port}");
        }

        if (length == longest)
        {
            return address.ToString();
        }

        // Shifted out and in again: what is left is the address that the prefix starts with.
        var bits = longest - length;
        var value = length == 0 && !address.IsIPv4 ? UInt128.Zero : new UInt128(address.High, address.Low) >> bits << bits;
        return string.Create(CultureInfo.InvariantCulture, $"{new IpAddress((ulong)(value >> 64), (ulong)value)}/{length}");
    }
}
