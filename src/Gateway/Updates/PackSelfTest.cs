using System.Reflection;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Explaining;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>
/// Whether a pack does what it should, before it may: it finds what it says it holds, nothing where nothing can be, and accuses nobody on
/// the tripwire list, which is built into the agent so that no pack can bring its own.
/// </summary>
internal sealed class PackSelfTest
{
    /// <summary>Names that nobody can have (RFC 6761, 6.4): an entry for one is an entry for anything.</summary>
    private static readonly string[] Impossible =
        ["invalid", "nothing.invalid", "www.example.invalid", "http://a.b.c.invalid/path", "0.0.0.0", "255.255.255.255", "::", "127.0.0.1", "192.168.0.1", "fe80::1"];

    private readonly List<PatternQuery> _tripwire = [];
    private readonly List<PatternQuery> _impossible = [.. Parse(Impossible)];

    /// <param name="ownNames">What this box cannot do without: the support centre.</param>
    public PackSelfTest(params IEnumerable<string> ownNames)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("never-block.txt")!;
        using var reader = new StreamReader(stream);
        _tripwire.AddRange(Parse(Lines(reader).Concat(ownNames)));
    }

    /// <summary>Names and addresses on the tripwire list.</summary>
    public int TripwireCount => _tripwire.Count;

    /// <summary>What is wrong with a pack; null where nothing is.</summary>
    public string? Fault(PatternPack pack)
    {
        var set = PatternSet.Combine(pack);
        var accusing = pack.Catalogue.Categories.Where(category => category.Security).Select(category => category.Id).ToHashSet(StringComparer.Ordinal);
        bool Accuses(PatternFinding finding) =>
            finding.Label.Kind == PatternKind.CommandAndControl || (finding.Label.Kind == PatternKind.Category && accusing.Contains(finding.Label.Name));
        foreach (var query in _impossible)
        {
            if (query.Find(set) is [var finding, ..])
            {
                return $"it finds {query.Text}, which nobody can have, by the entry {finding.Entry} of {finding.Label.Source}";
            }
        }

        foreach (var query in _tripwire)
        {
            if (query.Find(set).FirstOrDefault(Accuses) is { } finding)
            {
                return $"it accuses {query.Text}, which must never be blocked, by the entry {finding.Entry} of {finding.Label.Source}";
            }
        }

        return pack.Labels.Count == 0 && pack.Counts.Names + pack.Counts.Endpoints + pack.Counts.Urls > 0 ? "it has entries but nothing they stand for" : null;
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            // An address range is tried by its first address.
            var text = line.Split('#')[0].Split('/')[0].Trim();
            if (text.Length > 0)
            {
                yield return text;
            }
        }
    }

    private static IEnumerable<PatternQuery> Parse(IEnumerable<string> texts) =>
        texts.Select(text => PatternQuery.TryParse(text, out var query) ? query : null).OfType<PatternQuery>();
}
