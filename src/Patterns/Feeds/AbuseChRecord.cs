using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// One record of abuse.ch's exports, from CSV or JSON. Each of its projects names its fields differently and has some of its
/// own, so the fields that are there say what a record is:
/// <code>
/// ThreatFox      ioc_value (ioc), ioc_type, threat_type, malware_printable, confidence_level
/// URLhaus        url, threat, tags
/// Feodo Tracker  dst_ip (ip_address), dst_port (port), malware
/// SSLBL          sha1 or ja3_md5, listingreason; dstip, dstport
/// MalwareBazaar  sha256_hash, md5_hash, signature
/// </code>
/// </summary>
internal readonly struct AbuseChRecord(Func<string, string?> field)
{
    private static readonly string[] Known =
    [
        "ioc_value", "ioc", "ioc_type", "threat_type", "malware_printable", "url", "threat", "tags", "dst_ip", "ip_address", "dst_port", "port", "malware",
        "sha1", "ja3_md5", "listingreason", "dstip", "dstport", "sha256_hash", "md5_hash", "signature",
    ];

    /// <summary>What the record says its subject is for: <c>botnet_cc</c>, <c>payload_delivery</c>, <c>malware_download</c>.</summary>
    public string Type => Text("threat_type", "threat") ?? "";

    /// <summary>The malware it is about; of several tags the first.</summary>
    public string Family => Text("malware_printable", "malware", "signature") ?? Reason ?? Text("tags")?.Split(',')[0].Trim() ?? "";

    /// <summary>0 to 100; full where the record does not say.</summary>
    public int Confidence => int.TryParse(Text("confidence_level"), out var level) && level is >= 0 and <= 100 ? level : 100;

    /// <summary>What to show of the record.</summary>
    public string Shown => Text("ioc_value", "ioc", "url", "dst_ip", "ip_address", "dstip", "sha1", "ja3_md5", "sha256_hash", "md5_hash") ?? "";

    /// <summary>SSLBL writes <c>Dridex C&amp;C</c>; what is behind the name says nothing new.</summary>
    private string? Reason => Text("listingreason") is { } reason
        ? reason.Replace(" C&C", "", StringComparison.OrdinalIgnoreCase).Replace(" malware distribution", "", StringComparison.OrdinalIgnoreCase)
        : null;

    /// <summary>Whether a line of CSV is the one that names the columns.</summary>
    public static bool AreColumns(IEnumerable<string> fields) => fields.Count(name => Known.Contains(name, StringComparer.OrdinalIgnoreCase)) is var count
        && (count > 1 || (count == 1 && fields.Any(name => name is "ja3_md5" or "SHA1" or "url")));

    public DropReason? Parse(out Indicator indicator)
    {
        if (Text("ioc_value", "ioc") is { } value)
        {
            return ParseIoc(value, Text("ioc_type") ?? "", out indicator);
        }

        if (Text("url") is { } url)
        {
            return IndicatorParser.Parse(url, out indicator);
        }

        if (Text("dst_ip", "ip_address", "dstip") is { } address)
        {
            var port = Text("dst_port", "port", "dstport");
            var isV6 = address.Contains(':', StringComparison.Ordinal);
            return IndicatorParser.Parse(port is null or "" or "0" ? address : isV6 ? $"[{address}]:{port}" : $"{address}:{port}", out indicator);
        }

        if (Text("ja3_md5") is { } ja3)
        {
            return HashIndicator.ParseFingerprint(FingerprintKind.Ja3, ja3, out indicator);
        }

        if (Text("sha256_hash", "md5_hash") is { } digest)
        {
            return HashIndicator.ParseFile(digest, out indicator);
        }

        return HashIndicator.ParseFingerprint(FingerprintKind.Certificate, Text("sha1") ?? "", out indicator);
    }

    private static DropReason? ParseIoc(string value, string type, out Indicator indicator)
    {
        switch (type)
        {
            case "ip:port" or "domain" or "url" or "ip" or "":
                return IndicatorParser.Parse(value, out indicator);
            case "md5_hash" or "sha1_hash" or "sha256_hash":
                return HashIndicator.ParseFile(value, out indicator);
            default:
                indicator = default;
                return DropReason.Unsupported;
        }
    }

    private string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (field(name) is { Length: > 0 } text && text != "None")
            {
                return text.Trim();
            }
        }

        return null;
    }
}
