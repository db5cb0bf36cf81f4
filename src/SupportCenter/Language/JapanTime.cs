using System.Globalization;

namespace MediaSecurityLite.SupportCenter.Language;

/// <summary>Times as customers and operators read them: Japan's, which has no daylight saving.</summary>
internal static class JapanTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    public static string Full(DateTimeOffset time, CultureInfo language) => language.Name == Languages.English.Name
        ? time.ToOffset(Offset).ToString("d MMM yyyy HH:mm:ss 'JST'", language)
        : time.ToOffset(Offset).ToString("yyyy年M月d日 HH:mm:ss", language);

    public static string Short(DateTimeOffset time, CultureInfo language) => language.Name == Languages.English.Name
        ? time.ToOffset(Offset).ToString("d MMM HH:mm:ss", language)
        : time.ToOffset(Offset).ToString("M/d HH:mm:ss", language);
}
