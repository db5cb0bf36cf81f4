using System.Text;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>Collects rules for the rule engine. Their order depends on sources and ids alone.</summary>
internal sealed class RuleCollector
{
    private readonly SortedDictionary<(string Source, long Id), string> _rules = new(Comparer<(string Source, long Id)>.Create((a, b) =>
        string.CompareOrdinal(a.Source, b.Source) is var order and not 0 ? order : a.Id.CompareTo(b.Id)));

    public int Count => _rules.Count;

    /// <summary>Adds a rule.</summary>
    /// <returns>False where the source has one with this id already.</returns>
    public bool TryAdd(string source, long id, string rule) => _rules.TryAdd((source, id), rule);

    /// <summary>Writes the section of rules.</summary>
    public byte[] Build()
    {
        var text = new StringBuilder();
        var source = "";
        foreach (var (key, rule) in _rules)
        {
            if (key.Source != source)
            {
                source = key.Source;
                text.Append("# ").Append(source).Append('\n');
            }

            text.Append(rule).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
