using System.Text.Json;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// A bundle of STIX 2.1: its indicators with patterns in STIX's own language (<see cref="StixPattern"/>). The family is the
/// malware that a relationship says the indicator indicates.
/// </summary>
internal sealed class StixReader : FileFeedReader
{
    protected override void ReadFile(FeedFile file, IFeedSink sink)
    {
        var families = Families(file);
        JsonFeed.Read(file, sink, (in item) =>
        {
            if (item.Value.Text("type") == "indicator")
            {
                Take(item.Value, families, file, file.Line(item.Line), sink);
            }
        });
    }

    private static void Take(JsonElement indicator, Dictionary<string, string> families, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var pattern = indicator.Text("pattern") ?? "";
        if (indicator.Text("revoked") == "true")
        {
            sink.Drop(DropReason.NoBlock, place, pattern);
            return;
        }

        if (indicator.Text("pattern_type") is { } language && language != "stix")
        {
            sink.Drop(DropReason.Unsupported, place, pattern);
            return;
        }

        if (int.TryParse(indicator.Text("confidence"), out var confidence) && confidence < file.MinConfidence)
        {
            sink.Drop(DropReason.LowConfidence, place, pattern);
            return;
        }

        var type = indicator.Items("indicator_types").Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetRawText().Trim('"')).FirstOrDefault() ?? "";
        var label = file.Label(type, families.GetValueOrDefault(indicator.Text("id") ?? "") ?? "");
        var fault = StixPattern.Parse(pattern, out var terms);
        if (fault is not null)
        {
            sink.Drop(fault.Value, place, pattern);
            return;
        }

        foreach (var (path, value) in terms)
        {
            var problem = StixPattern.Parse(path, value, out var parsed);
            Add(problem, parsed, label, place, value, sink);
        }
    }

    /// <summary>Names of malware by the indicator that indicates it. Bounded: a bundle beyond it loses names, not indicators.</summary>
    private static Dictionary<string, string> Families(FeedFile file)
    {
        const int MaxRelations = 1_000_000;
        var names = new Dictionary<string, string>();
        var relations = new List<(string Source, string Target)>();
        JsonFeed.Read(file, null, (in item) =>
        {
            var (type, id) = (item.Value.Text("type"), item.Value.Text("id"));
            if (type is "malware" or "tool" && id is not null && names.Count < MaxRelations)
            {
                names.TryAdd(id, item.Value.Text("name") ?? "");
            }
            else if (type == "relationship" && item.Value.Text("relationship_type") == "indicates" && relations.Count < MaxRelations)
            {
                relations.Add((item.Value.Text("source_ref") ?? "", item.Value.Text("target_ref") ?? ""));
            }
        });

        var families = new Dictionary<string, string>();
        foreach (var (source, target) in relations)
        {
            if (names.TryGetValue(target, out var name))
            {
                families.TryAdd(source, name);
            }
        }

        return families;
    }
}
