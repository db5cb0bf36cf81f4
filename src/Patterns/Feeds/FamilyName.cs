using System.Text;
using MediaSecurityLite.Patterns.Catalogue;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Makes ids of what feeds call malware: <c>Cobalt Strike</c> becomes <c>cobalt-strike</c>.</summary>
internal static class FamilyName
{
    /// <summary>What an entry without a family belongs to.</summary>
    public const string Unknown = "unknown";

    public static string IdOf(string? text)
    {
        var id = new StringBuilder();
        foreach (var c in text ?? "")
        {
            var kept = char.ToLowerInvariant(c);
            if (char.IsAsciiLetterOrDigit(kept) || (id.Length > 0 && kept is '_' or '.' or '+'))
            {
                id.Append(kept);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }

            if (id.Length == IdRules.MaxLength)
            {
                break;
            }
        }

        var name = id.ToString().Trim('-', '.', '+', '_');
        return name.Length == 0 ? Unknown : name;
    }
}
