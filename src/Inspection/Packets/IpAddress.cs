using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace MediaSecurityLite.Inspection.Packets;

/// <summary>An IPv4 or IPv6 address as two numbers; IPv4 is held in its mapped form <c>::ffff:a.b.c.d</c> (RFC 4291, 2.5.5.2).</summary>
public readonly record struct IpAddress(ulong High, ulong Low) : IComparable<IpAddress>
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>True for an IPv4 address.</summary>
    public bool IsIPv4
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;
    }

    /// <summary>The 32 bits of an IPv4 address, most significant byte first.</summary>
    public uint V4 => (uint)Low;

    /// <summary>An IPv4 address of its 32 bits, most significant byte first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IpAddress FromV4(uint address) => new(0, MappedPrefix | address);

    /// <summary>An IPv6 address of 16 bytes in network order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IpAddress FromV6(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Reads the usual text forms.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        if (!IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        address = FromIPAddress(parsed);
        return true;
    }

    /// <summary>Converts from the framework's address.</summary>
    public static IpAddress FromIPAddress(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? FromV4(BinaryPrimitives.ReadUInt32BigEndian(bytes)) : FromV6(bytes);
    }

    /// <summary>Writes the text form (IPv6 compressed, RFC 5952) as UTF-8.</summary>
    /// <returns>The bytes written; <paramref name="destination"/> must hold 45.</returns>
    public int Format(Span<byte> destination)
    {
        if (!IsIPv4)
        {
            return IpAddressText.FormatV6(this, destination);
        }

        var written = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            ((byte)(V4 >> shift)).TryFormat(destination[written..], out var digits, provider: CultureInfo.InvariantCulture);
            written += digits;
            if (shift > 0)
            {
                destination[written++] = (byte)'.';
            }
        }

        return written;
    }

    /// <summary>Numeric order; IPv4 addresses lie together.</summary>
    public int CompareTo(IpAddress other)
    {
        var high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[48];
        return System.Text.Encoding.ASCII.GetString(text[..Format(text)]);
    }

#pragma warning disable CS1591 // The comparison operators say what they do.
    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;
#pragma warning restore CS1591
}
