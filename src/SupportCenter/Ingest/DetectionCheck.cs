using System.Net;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Language;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>
/// Bounds of a detection's fields. What only the box can get wrong (addresses, numbers) is refused; what an attacker may
/// choose (names, URLs, rules) is cleaned, so that nobody can hide a detection behind an odd name.
/// </summary>
internal static class DetectionCheck
{
    private const int MaxName = 255;
    private const int MaxUrl = 2048;
    private const int MaxRule = 512;
    private const int MaxVersion = 64;
    private const int MaxMac = 17;
    private const long MaxCount = 1_000_000_000;

    /// <returns>Null if a field holds what it cannot hold.</returns>
    public static DetectionEvent? Clean(DetectionEvent detection)
    {
        if (!Enum.IsDefined(detection.Kind) || !Enum.IsDefined(detection.Action) ||
            !IsAddress(detection.Terminal) || !IsAddress(detection.Remote) ||
            detection.RemotePort is < 0 or > ushort.MaxValue ||
            detection is { IsLookup: true, Host: null } ||
            detection.Protocol is not ("TCP" or "UDP") ||
            detection.Count is < 1 or > MaxCount)
        {
            return null;
        }

        return detection with
        {
            TerminalMac = Line(detection.TerminalMac, MaxMac)?.ToLowerInvariant(),
            Host = Line(detection.Host, MaxName),
            Url = Line(detection.Url, MaxUrl),
            Name = Line(detection.Name, MaxName),
            Rule = UntrustedText.Line(detection.Rule, MaxRule),
            RuleSource = UntrustedText.Line(detection.RuleSource, MaxName),
            PackVersion = Line(detection.PackVersion, MaxVersion),
        };
    }

    private static string? Line(string? text, int maxLength) => text is null ? null : UntrustedText.Line(text, maxLength);

    // Longest IPv6 text with an IPv4 tail is 45 characters; scope ids are not addresses of a terminal.
    private static bool IsAddress(string text) =>
        text.Length is >= 2 and <= 45 && !text.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(text, out _);
}
