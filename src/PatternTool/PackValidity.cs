using System.Globalization;

namespace MediaSecurityLite.PatternTool;

/// <summary>How long packs are valid.</summary>
internal static class PackValidity
{
    public const int DefaultDays = 90;

    /// <summary>
    /// A box believes its clock up to 45 days past the newest signed time it has seen (src/Patterns/Trust/TrustedTime.cs). A pack that
    /// is valid for longer cannot look expired to a box whose clock is wrong while it is fresh.
    /// </summary>
    public const int LeastDays = 60;

    public const int MostDays = 3650;

    /// <summary>The time of making in whole seconds: SOURCE_DATE_EPOCH where it is set, so that a build can be repeated.</summary>
    public static DateTimeOffset Now(Func<string, string?> variable) =>
        long.TryParse(variable("SOURCE_DATE_EPOCH"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
}
