using System.Globalization;

namespace MediaSecurityLite.SupportCenter.Language;

/// <summary>The two languages people are addressed in; Japanese unless English was chosen.</summary>
internal static class Languages
{
    public static readonly CultureInfo Japanese = CultureInfo.GetCultureInfo("ja");

    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static readonly IReadOnlyList<CultureInfo> All = [Japanese, English];

    /// <summary>The language of a stored code; Japanese for anything unknown.</summary>
    public static CultureInfo Of(string? code) => code == English.Name ? English : Japanese;

    public static bool IsKnown(string code) => All.Any(language => language.Name == code);
}
