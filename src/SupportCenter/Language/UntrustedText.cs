using System.Globalization;
using System.Text;

namespace MediaSecurityLite.SupportCenter.Language;

/// <summary>
/// Text that an attacker may have chosen (host names, rules, URLs), made fit for one line of a page, a mail or a log. It is
/// cleaned and not refused: an odd host name must never be a way to keep a detection from being stored.
/// </summary>
internal static class UntrustedText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Replaces what is invisible or changes the line (controls, line separators, direction overrides, broken surrogates)
    /// and cuts after <paramref name="maxLength"/> UTF-16 units.
    /// </summary>
    public static string Line(string text, int maxLength)
    {
        var builder = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (text.Length > maxLength && builder.Length + rune.Utf16SequenceLength > maxLength - 1)
            {
                builder.Append('…');
                break;
            }

            if (IsHarmful(rune))
            {
                builder.Append(Replacement);
            }
            else
            {
                builder.Append(rune);
            }
        }

        return builder.ToString();
    }

    /// <summary>
    /// As <see cref="Line"/>, and written so that no mail program makes a link of it: <c>evil[.]example</c>.
    /// </summary>
    public static string Unlinked(string text, int maxLength) =>
        Line(text, maxLength).Replace(".", "[.]", StringComparison.Ordinal).Replace("://", "[:]//", StringComparison.Ordinal);

    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned;
}
