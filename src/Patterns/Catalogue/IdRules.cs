using System.Buffers;

namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>What ids of applications, categories, families and sources look like: they travel in events, policies and file names.</summary>
internal static class IdRules
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.+@");

    public static bool IsId(string id) =>
        id.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(id[0]) && !id.AsSpan().ContainsAnyExcept(Allowed);

    public static IEnumerable<string> Faults(string what, string id, LocalizedName name)
    {
        if (!IsId(id))
        {
            yield return $"{what} '{id}': an id is a letter or digit, then up to {MaxLength - 1} of a-z 0-9 - _ . + @";
        }

        if (string.IsNullOrWhiteSpace(name.Ja) || string.IsNullOrWhiteSpace(name.En))
        {
            yield return $"{what} '{id}': the name needs both 'ja' and 'en'";
        }
    }

    public static IEnumerable<string> Repeated(string what, IEnumerable<string> ids) =>
        ids.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => $"{what} '{same.Key}' is there {same.Count()} times");
}
