using System.Collections.Frozen;
using System.Text;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>A compiled list of <see cref="UrlRule"/>s. Immutable; a lookup takes one hash probe per label of the name.</summary>
internal sealed class UrlRuleSet
{
    private readonly FrozenDictionary<string, UrlRule[]>.AlternateLookup<ReadOnlySpan<char>> _byHost;
    private readonly bool _isEmpty;

    public UrlRuleSet(IEnumerable<UrlRule> rules)
    {
        var byHost = rules
            .GroupBy(rule => Encoding.ASCII.GetString(rule.Host), StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _byHost = byHost.GetAlternateLookup<ReadOnlySpan<char>>();
        _isEmpty = byHost.Count == 0;
    }

    /// <summary>The rule that speaks about this host and path, the most specific host first; null if none does.</summary>
    /// <param name="host">As <see cref="HostName.Normalize"/> writes it.</param>
    /// <param name="target">Path and query; empty where only the host is known, and rules with a path then say nothing.</param>
    public UrlRule? Find(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target)
    {
        if (_isEmpty || host.Length > HostName.MaxLength)
        {
            return null;
        }

        Span<char> characters = stackalloc char[host.Length];
        Encoding.ASCII.GetChars(host, characters);
        ReadOnlySpan<char> name = characters;
        for (var isWhole = true; ; isWhole = false)
        {
            if (_byHost.TryGetValue(name, out var rules))
            {
                foreach (var rule in rules)
                {
                    if (!(isWhole && rule.IsSubdomainsOnly) && (rule.Path.Length == 0 || !target.IsEmpty) && rule.MatchesPath(target))
                    {
                        return rule;
                    }
                }
            }

            var dot = name.IndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            name = name[(dot + 1)..];
        }
    }
}
