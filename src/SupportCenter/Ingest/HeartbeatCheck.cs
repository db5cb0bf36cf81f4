using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Language;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>Bounds of a heartbeat's texts; its numbers are shown as they are.</summary>
internal static class HeartbeatCheck
{
    private const int MaxVersion = 64;

    public static Heartbeat Clean(Heartbeat heartbeat) => heartbeat with
    {
        AgentVersion = UntrustedText.Line(heartbeat.AgentVersion, MaxVersion),
        Mode = UntrustedText.Line(heartbeat.Mode, MaxVersion),
        PackVersion = heartbeat.PackVersion is null ? null : UntrustedText.Line(heartbeat.PackVersion, MaxVersion),
    };
}
