using System.Globalization;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>A pack's version: one to four numbers with dots between, compared number by number (a missing one is 0).</summary>
public readonly record struct PackVersion : IComparable<PackVersion>
{
    private const int MaxParts = 4;

    private readonly string? _text;
    private readonly UInt128 _order;

    private PackVersion(string text, UInt128 order) => (_text, _order) = (text, order);

    /// <summary>Reads a version; a number may have nine digits.</summary>
    public static bool TryParse(string? text, out PackVersion version)
    {
        version = default;
        var parts = (text ?? "").Split('.');
        if (parts.Length > MaxParts)
        {
            return false;
        }

        var order = UInt128.Zero;
        for (var i = 0; i < MaxParts; i++)
        {
            var number = 0u;
            if (i < parts.Length
                && (parts[i].Length > 9 || !uint.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
            {
                return false;
            }

            order = (order << 32) | number;
        }

        version = new PackVersion(text!, order);
        return true;
    }

    public int CompareTo(PackVersion other) => _order.CompareTo(other._order);

    public bool Equals(PackVersion other) => _order == other._order;

    public override int GetHashCode() => _order.GetHashCode();

    public override string ToString() => _text ?? "";

    public static bool operator <(PackVersion left, PackVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(PackVersion left, PackVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(PackVersion left, PackVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PackVersion left, PackVersion right) => left.CompareTo(right) >= 0;
}
