using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Catalogue;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>A file of a source while it is read.</summary>
internal sealed class FeedFile(FeedSource source, string path, string name)
{
    private readonly LabelRule[] _rules = [.. source.Rules.Where(rule => rule.FitsFile(name))];
    private readonly Dictionary<(string Type, string Family), PatternLabel?> _labels = [];

    /// <summary>Relative to the source's path.</summary>
    public string Name => name;

    /// <summary>The first rule wants it left out, or none speaks of it.</summary>
    public bool IsUnread => _rules.Length == 0 || Array.TrueForAll(_rules, rule => rule.Kind is null) || (_rules[0].Kind is null && _rules[0].Type == "*");

    public int MinConfidence => source.MinConfidence;

    public Stream Open() => FeedStream.Open(path);

    public FeedPlace Line(int number) => new(name, number);

    /// <summary>What an entry stands for; null where no rule says it.</summary>
    /// <param name="type">What the entry says it is.</param>
    /// <param name="family">The malware family that it names.</param>
    public PatternLabel? Label(string type = "", string family = "")
    {
        if (!_labels.TryGetValue((type, family), out var label))
        {
            label = LabelOf(type, family);
            if (_labels.Count < EntryLimits.MaxLabels)
            {
                _labels.Add((type, family), label);
            }
        }

        return label;
    }

    private PatternLabel? LabelOf(string type, string family) =>
        Array.Find(_rules, rule => rule.FitsType(type)) is { Kind: { } kind } rule && rule.NameFor(name, family) is var id && IdRules.IsId(id)
            ? new PatternLabel(kind, id, source.Id)
            : null;
}
