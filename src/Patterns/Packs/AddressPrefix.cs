using System.Buffers;
using System.Globalization;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>An address prefix. <paramref name="Length"/> counts in 128 bits, also for IPv4, whose addresses lie in ::ffff:0:0/96.</summary>
internal readonly record struct AddressPrefix(IpAddress First, int Length)
{
    private const int MappedBits = 96;

    private static readonly SearchValues<char> V4Text = SearchValues.Create("0123456789.");

    /// <summary>The length as people write it: out of 32 for IPv4.</summary>
    public int TextLength => IsIPv4 ? Length - MappedBits : Length;

    public bool IsSingle => Length == 128;

    private bool IsIPv4 => First.IsIPv4 && Length >= MappedBits;

    /// <summary>The first address behind the prefix; null where there is none.</summary>
    public IpAddress? After
    {
        get
        {
            var after = new UInt128(First.High, First.Low) + (Length == 0 ? UInt128.Zero : UInt128.One << (128 - Length));
            return after == UInt128.Zero ? null : new IpAddress((ulong)(after >> 64), (ulong)after);
        }
    }

    /// <summary>The prefix of this length, as written, that holds an address.</summary>
    public static AddressPrefix Of(IpAddress address, int textLength)
    {
        var length = address.IsIPv4 ? textLength + MappedBits : textLength;
        var value = new UInt128(address.High, address.Low) & Mask(length);
        return new AddressPrefix(new IpAddress((ulong)(value >> 64), (ulong)value), length);
    }

    /// <summary>Reads <c>address</c> or <c>address/length</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AddressPrefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (!TryParseAddress(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        var most = address.IsIPv4 ? 32 : 128;
        var length = most;
        if (slash >= 0 && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most))
        {
            return false;
        }

        prefix = Of(address, length);
        return true;
    }

    /// <summary>Reads an address written in full: <c>1.2</c> and <c>0x7f.1</c>, which other readers accept, are no addresses here.</summary>
    public static bool TryParseAddress(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        var plain = text.Contains(':') || (text.Count('.') == 3 && !text.ContainsAnyExcept(V4Text));
        return plain && !text.ContainsAny('[', '%') && IpAddress.TryParse(text, out address);
    }

    public bool Contains(IpAddress address) =>
        ((new UInt128(address.High, address.Low) ^ new UInt128(First.High, First.Low)) & Mask(Length)) == UInt128.Zero;

    public bool Overlaps(AddressPrefix other) => Contains(other.First) || other.Contains(First);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}/{TextLength}");

    private static UInt128 Mask(int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - length);
}
