using System.Globalization;

namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>A pack's version, comparable: up to four numbers with dots between, as <see cref="Contracts.PackManifest.Version"/> says.</summary>
internal readonly record struct PackVersionNumber(int First, int Second, int Third, int Fourth) : IComparable<PackVersionNumber>
{
    private const int MaxParts = 4;

    public static bool TryParse(string text, out PackVersionNumber version)
    {
        version = default;
        if (text.Length > StoredPack.MaxVersionLength)
        {
            return false;
        }

        var parts = text.Split('.');
        var numbers = new int[MaxParts];
        for (var i = 0; i < parts.Length; i++)
        {
            if (i == MaxParts || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        version = new PackVersionNumber(numbers[0], numbers[1], numbers[2], numbers[3]);
        return true;
    }

    public int CompareTo(PackVersionNumber other) =>
        (First, Second, Third, Fourth).CompareTo((other.First, other.Second, other.Third, other.Fourth));
}
