using System.Collections.Frozen;

namespace MediaSecurityLite.Patterns.Names;

/// <summary>
/// Which names are public suffixes: names under which strangers register their own (<c>jp</c>, <c>co.jp</c>, and of a private
/// operator <c>github.io</c>). An entry on one of them would hit all of these strangers.
/// </summary>
internal sealed class PublicSuffixes
{
    private const string PrivatePart = "===BEGIN PRIVATE DOMAINS===";

    /// <summary>Second levels that registries of countries open to the public, without a list at hand.</summary>
    private static readonly FrozenSet<string> SecondLevels = FrozenSet.Create(
        "ac", "ad", "co", "com", "ed", "edu", "go", "gob", "gouv", "gov", "gr", "lg", "mil", "ne", "net", "nom", "or", "org", "sch");

    private readonly FrozenDictionary<string, PublicSuffix>? _rules;

    private PublicSuffixes(FrozenDictionary<string, PublicSuffix>? rules) => _rules = rules;

    /// <summary>Without a list: single labels, and the usual second levels under countries.</summary>
    public static PublicSuffixes BuiltIn { get; } = new(null);

    /// <summary>Reads the list of publicsuffix.org, as Debian's package <c>publicsuffix</c> brings it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PublicSuffixes Read(string path)
    {
        var rules = new Dictionary<string, PublicSuffix>();
        var kind = PublicSuffix.Registry;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                kind = line.Contains(PrivatePart, StringComparison.Ordinal) ? PublicSuffix.Operator : kind;
                continue;
            }

            var rule = line.AsSpan().Trim();
            var mark = rule.StartsWith("!") ? "!" : rule.StartsWith("*.") ? "*." : "";

            // Where an operator gives whole subtrees away (*.compute-1.amazonaws.com), each of these has one tenant.
            var hasOneTenant = kind == PublicSuffix.Operator && mark == "*.";
            if (!hasOneTenant && DomainName.TryNormalise(rule[mark.Length..], out var name))
            {
                rules.TryAdd(mark + name, kind);
            }
        }

        return new PublicSuffixes(rules.ToFrozenDictionary());
    }

    /// <summary>What kind of public suffix a normalised name is.</summary>
    public PublicSuffix Kind(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return PublicSuffix.Registry;
        }

        var parent = name[(dot + 1)..];
        if (_rules is null)
        {
            return parent.Length == 2 && SecondLevels.Contains(name[..dot]) ? PublicSuffix.Registry : PublicSuffix.None;
        }

        if (_rules.ContainsKey("!" + name))
        {
            return PublicSuffix.None;
        }

        return _rules.TryGetValue(name, out var kind) || _rules.TryGetValue("*." + parent, out kind) ? kind : PublicSuffix.None;
    }
}
