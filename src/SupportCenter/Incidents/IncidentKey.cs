using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Incidents;

/// <summary>What holds findings together as one incident of a gateway.</summary>
internal static class IncidentKey
{
    public const string Offline = "offline";

    /// <summary>
    /// One terminal and one family (one rule where no family is known). The hardware address names a terminal better than
    /// its address, which changes and which it has several of.
    /// </summary>
    public static string Of(DetectionEvent detection) =>
        $"cc {detection.TerminalMac ?? detection.Terminal} {FamilyOf(detection).ToLowerInvariant()}";

    public static string FamilyOf(DetectionEvent detection) => detection.Name ?? detection.Rule;
}
