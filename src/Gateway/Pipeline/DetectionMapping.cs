using System.Globalization;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Verdicts;
using DetectionKind = MediaSecurityLite.Inspection.Verdicts.DetectionKind;
using EventKind = MediaSecurityLite.Contracts.DetectionKind;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>From what Inspection found to what the centre is told.</summary>
internal static class DetectionMapping
{
    private const int Tcp = 6;
    private const int Udp = 17;

    /// <param name="detection">The newest sight.</param>
    /// <param name="firstSeen">When the sights that are summed up began, in nanoseconds since 1970.</param>
    /// <param name="count">How many they are.</param>
    public static DetectionEvent ToEvent(Detection detection, long firstSeen, long count) => new()
    {
        Kind = detection.Kind switch
        {
            DetectionKind.CommandAndControl => EventKind.CommandAndControl,
            DetectionKind.Url => EventKind.Url,
            DetectionKind.Category => EventKind.Category,
            DetectionKind.Application => EventKind.Application,
            DetectionKind.Malware => EventKind.Malware,
            _ => throw new ArgumentOutOfRangeException(nameof(detection), detection.Kind, "unknown kind of detection"),
        },
        Action = detection.Action == VerdictAction.Block ? DetectionAction.Blocked : DetectionAction.Detected,
        Terminal = detection.Terminal.ToString(),
        TerminalMac = MacText(detection.TerminalMac),
        Remote = detection.Remote.ToString(),
        RemotePort = detection.RemotePort,
        IsLookup = detection.IsLookup,
        Protocol = detection.Protocol switch
        {
            Tcp => "TCP",
            Udp => "UDP",
            var other => other.ToString(CultureInfo.InvariantCulture),
        },
        Host = detection.Host,
        Url = detection.Url,
        Name = detection.Name,
        Rule = detection.Rule,
        RuleSource = detection.RuleSource,
        PackVersion = detection.PackVersion.Length > 0 ? detection.PackVersion : null,
        Count = count,
        FirstSeen = TimeOf(firstSeen),
        LastSeen = TimeOf(detection.Timestamp),
    };

    public static DateTimeOffset TimeOf(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);

    private static string? MacText(ulong mac) => mac == 0
        ? null
        : string.Join(':', Enumerable.Range(0, 6).Select(i => ((byte)(mac >> (40 - (8 * i)))).ToString("x2", CultureInfo.InvariantCulture)));
}
