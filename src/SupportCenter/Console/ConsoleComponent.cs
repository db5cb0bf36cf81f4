using System.Globalization;
using System.Resources;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Language;
using Microsoft.AspNetCore.Components;

namespace MediaSecurityLite.SupportCenter.Console;

/// <summary>A part of the page; speaks the language of the request that it belongs to.</summary>
public abstract class ConsoleComponent : ComponentBase
{
    private static readonly ResourceManager Resources = new("MediaSecurityLite.SupportCenter.Console.ConsoleText", typeof(ConsoleComponent).Assembly);

    private protected Texts Text { get; } = new(Resources, Languages.Of(CultureInfo.CurrentUICulture.Name));

    private protected string Full(DateTimeOffset time) => JapanTime.Full(time, Text.Language);

    private protected string Short(DateTimeOffset time) => JapanTime.Short(time, Text.Language);

    private protected string Number(long number) => number.ToString("N0", Text.Language);

    /// <summary>How long ago, in the coarsest unit that fits.</summary>
    private protected string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalSeconds: < 5 } => Text["JustNow"],
        { TotalMinutes: < 1 } span => Text.Format("SecondsAgo", (int)span.TotalSeconds),
        { TotalHours: < 1 } span => Text.Format("MinutesAgo", (int)span.TotalMinutes),
        { TotalDays: < 1 } span => Text.Format("HoursAgo", (int)span.TotalHours),
        var span => Text.Format("DaysAgo", (int)span.TotalDays),
    };

    /// <summary>What stands behind the destination's name: the port, or that it was only looked up.</summary>
    private protected static string Way(DetectionEvent detection) =>
        detection.IsLookup ? " (DNS)" : string.Create(CultureInfo.InvariantCulture, $":{detection.RemotePort}");

    /// <summary>For the machine-readable side of a time.</summary>
    private protected static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
