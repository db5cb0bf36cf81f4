using System.Collections.Frozen;
using System.Text.Json;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// A feed of MISP: a folder with <c>manifest.json</c> and one document per event, or one such document. Attributes that MISP
/// itself does not mean for detection (<c>to_ids</c>) are not used. The family is that of the attribute's galaxy tag, else the event's.
/// </summary>
internal sealed class MispReader : FileFeedReader
{
    private const string Manifest = "manifest.json";

    /// <summary>Galaxies whose values are names of malware: <c>misp-galaxy:malpedia="Emotet"</c>.</summary>
    private static readonly FrozenSet<string> Galaxies = FrozenSet.Create(
        "malpedia", "tool", "rat", "banker", "botnet", "ransomware", "stealer", "backdoor", "mitre-malware", "mitre-tool", "android", "exploit-kit");

    protected override void ReadFile(FeedFile file, IFeedSink sink)
    {
        var name = Path.GetFileName(file.Name);
        if (!name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && Path.HasExtension(name))
        {
            // hashes.csv stands beside the events.
            return;
        }

        if (name == Manifest)
        {
            return;
        }

        // Tags come behind the attributes, so the event is read twice.
        string? family = null;
        JsonFeed.Read(file, null, (in item) => family ??= item.Array == "Tag" ? FamilyOf(item.Value) : null);
        JsonFeed.Read(file, sink, (in item) =>
        {
            var place = file.Line(item.Line);
            if (item.Array == "Attribute")
            {
                Take(item.Value, family ?? "", file, place, sink);
            }
            else if (item.Array == "Object")
            {
                foreach (var attribute in item.Value.Items("Attribute"))
                {
                    Take(attribute, family ?? "", file, place, sink);
                }
            }
        });
    }

    private static void Take(JsonElement attribute, string family, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var value = attribute.Text("value") ?? "";
        Indicator indicator = default;
        var fault = attribute.Text("to_ids") is "true" or "1" && attribute.Text("deleted") is not "true"
            ? Parse(attribute.Text("type") ?? "", value, out indicator)
            : DropReason.NoBlock;
        var own = attribute.Items("Tag").Select(FamilyOf).FirstOrDefault(name => name is not null);
        Add(fault, indicator, file.Label(attribute.Text("category") ?? "", own ?? family), place, value, sink);
    }

    private static DropReason? Parse(string type, string value, out Indicator indicator)
    {
        // "filename|sha256" has its digest behind the bar, "domain|ip" and "ip-dst|port" their subject before it.
        var bar = value.IndexOf('|', StringComparison.Ordinal);
        var (left, right) = bar < 0 ? (value, value) : (value[..bar], value[(bar + 1)..]);
        switch (type)
        {
            case "domain" or "hostname" or "url" or "ip-dst" or "ip-src":
                return IndicatorParser.Parse(value, out indicator);
            case "domain|ip":
                return IndicatorParser.Parse(left, out indicator);
            case "ip-dst|port" or "ip-src|port" or "hostname|port":
                return IndicatorParser.Parse(left.Contains(':', StringComparison.Ordinal) ? $"[{left}]:{right}" : $"{left}:{right}", out indicator);
            case "md5" or "sha1" or "sha256" or "filename|md5" or "filename|sha1" or "filename|sha256" or "malware-sample":
                return HashIndicator.ParseFile(right, out indicator);
            case "x509-fingerprint-sha1":
                return HashIndicator.ParseFingerprint(FingerprintKind.Certificate, value, out indicator);
            case "ja3-fingerprint-md5":
                return HashIndicator.ParseFingerprint(FingerprintKind.Ja3, value, out indicator);
            case "ja4" or "ja4-fingerprint":
                return HashIndicator.ParseFingerprint(FingerprintKind.Ja4, value, out indicator);
            default:
                indicator = default;
                return DropReason.Unsupported;
        }
    }

    private static string? FamilyOf(JsonElement tag)
    {
        const string Mark = "misp-galaxy:";
        var name = tag.Text("name") ?? "";
        var equals = name.IndexOf("=\"", StringComparison.Ordinal);
        if (!name.StartsWith(Mark, StringComparison.Ordinal) || equals < 0 || !Galaxies.Contains(name[Mark.Length..equals]))
        {
            return null;
        }

        // MITRE's values carry their number: "Emotet - S0367".
        var value = name[(equals + 2)..].TrimEnd('"');
        var number = value.LastIndexOf(" - S", StringComparison.Ordinal);
        return number > 0 ? value[..number] : value;
    }
}
