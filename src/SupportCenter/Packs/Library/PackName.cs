namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>The name of a pack: 1 to 64 of <c>a-z 0-9 -</c>, as <see cref="Contracts.PackManifest.Name"/> says.</summary>
internal static class PackName
{
    public static bool IsName(string text)
    {
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= StoredPack.MaxNameLength;
    }
}
