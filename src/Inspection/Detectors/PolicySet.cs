using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>A contract's policy in the form that packets meet. Immutable.</summary>
public sealed class PolicySet
{
    private PolicySet(PolicySettings settings, UrlRuleSet allow, UrlRuleSet block)
    {
        Settings = settings;
        Allow = allow;
        Block = block;
        BlockedCategories = settings.BlockedCategories.ToFrozenSet(StringComparer.Ordinal);
        BlockedApplications = settings.BlockedApplications.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The policy as delivered: C&amp;C detection on, nothing else to block.</summary>
    public static PolicySet Default { get; } = new(new PolicySettings(), new UrlRuleSet([]), new UrlRuleSet([]));

    /// <summary>What it was compiled from.</summary>
    public PolicySettings Settings { get; }

    internal UrlRuleSet Allow { get; }

    internal UrlRuleSet Block { get; }

    internal FrozenSet<string> BlockedCategories { get; }

    internal FrozenSet<string> BlockedApplications { get; }

    /// <summary>Compiles a policy.</summary>
    /// <param name="settings">What an operator wrote.</param>
    /// <param name="policy">The policy, if all of it is sound.</param>
    /// <param name="problems">Every rule that is not, with the reason.</param>
    public static bool TryCompile(PolicySettings settings, [NotNullWhen(true)] out PolicySet? policy, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var allow = Parse(settings.Allow, "allow", found);
        var block = Parse(settings.Block, "block", found);
        problems = found;
        policy = found.Count == 0 ? new PolicySet(settings, new UrlRuleSet(allow), new UrlRuleSet(block)) : null;
        return policy is not null;
    }

    private static List<UrlRule> Parse(IReadOnlyList<string> lines, string list, List<string> problems)
    {
        var rules = new List<UrlRule>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            if (UrlRule.TryParse(lines[i], out var rule, out var problem))
            {
                rules.Add(rule);
            }
            else
            {
                problems.Add($"{list}[{i}] '{lines[i]}': {problem}");
            }
        }

        return rules;
    }
}
