using System.Globalization;
using System.Text;
using MediaSecurityLite.Gateway.Health;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary>The status as a field engineer reads it.</summary>
internal static class StatusText
{
    public static string Write(StatusReport report)
    {
        var text = new StringBuilder();
        Line(text, "gateway", $"{report.GatewayId}, mslgw {report.Version}");
        Line(text, "mode", $"{report.Mode} on {report.Source}");
        Line(text, "up", $"{TimeSpan.FromSeconds(report.UptimeSeconds):d\\d\\ hh\\:mm\\:ss}, since {Time(report.StartedAt)}");
        Line(text, "packets", $"{report.Packets:N0} ({report.Bytes:N0} bytes), dropped {report.Dropped:N0}, blocked {report.Blocked:N0}");
        Line(text, "flows", $"{report.ActiveFlows:N0}");
        Line(text, "detections", $"{report.Detections:N0}");
        Line(text, "events", $"queued {report.OutboxQueued:N0}, delivered {report.OutboxDelivered:N0}, dropped {report.OutboxDropped:N0}");
        Line(text, "cloud", Cloud(report));
        Line(text, "policy", $"version {report.PolicyVersion}{(report.PolicyFault is null ? "" : $"; the file is refused: {report.PolicyFault}")}");
        foreach (var pack in report.Packs)
        {
            Line(text, "pack", pack.Fault is null ? $"{pack.File} {pack.Version}" : $"{pack.File} refused: {pack.Fault}");
        }

        if (report.Packs.Count == 0)
        {
            Line(text, "pack", "none");
        }

        return text.ToString().TrimEnd();
    }

    private static string Cloud(StatusReport report) => (report.CloudConnected, report.CloudSince) switch
    {
        (true, { } since) => $"connected since {Time(since)}",
        (false, { } since) => $"not connected since {Time(since)}: {report.CloudReason}",
        _ => "connecting",
    };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name,-11} {value}").AppendLine();
}
