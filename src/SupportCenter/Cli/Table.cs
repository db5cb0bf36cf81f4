using System.Globalization;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary>How the admin commands write their columns, for people and for scripts.</summary>
internal static class Table
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>A share of ten thousand.</summary>
    public static string Percent(int share) => string.Create(CultureInfo.InvariantCulture, $"{share / 100.0} %");
}
