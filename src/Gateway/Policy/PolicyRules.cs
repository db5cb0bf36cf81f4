using System.Buffers;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Detectors;
using FunctionMode = MediaSecurityLite.Contracts.FunctionMode;

namespace MediaSecurityLite.Gateway.Policy;

/// <summary>
/// The bounds of a policy; what a rule may look like, Inspection says. Every fault is reported with the place of its member.
/// </summary>
internal static class PolicyRules
{
    public const int MaxRules = 20_000;
    public const int MaxIds = 1_000;

    private const int MaxIdLength = 64;

    private static readonly SearchValues<char> IdChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static IEnumerable<string> Check(PolicyDocument policy)
    {
        if (policy.Version < 0)
        {
            yield return $"version: {policy.Version} is negative";
        }

        var faults = CheckModes(policy)
            .Concat(CheckList("urlLists.allow", policy.UrlLists.Allow, MaxRules, FaultOfRule))
            .Concat(CheckList("urlLists.block", policy.UrlLists.Block, MaxRules, FaultOfRule))
            .Concat(CheckList("categories.block", policy.Categories.Block, MaxIds, FaultOfId))
            .Concat(CheckList("applications.block", policy.Applications.Block, MaxIds, FaultOfId));
        foreach (var fault in faults)
        {
            yield return fault;
        }
    }

    private static string? FaultOfRule(string rule) =>
        UrlRule.TryParse(rule, out _, out var problem) ? null : $"is no rule: {problem}";

    private static string? FaultOfId(string id) =>
        id.Length is 0 or > MaxIdLength || id.AsSpan().ContainsAnyExcept(IdChars)
            ? $"must have 1 to {MaxIdLength} of a-z 0-9 - _ ."
            : null;

    private static IEnumerable<string> CheckModes(PolicyDocument policy) =>
        new (string Name, FunctionMode Mode)[]
        {
            ("urlLists", policy.UrlLists.Mode),
            ("categories", policy.Categories.Mode),
            ("applications", policy.Applications.Mode),
            ("commandAndControl", policy.CommandAndControl.Mode),
        }
        .Where(function => !Enum.IsDefined(function.Mode))
        .Select(function => $"{function.Name}.mode: {function.Mode} is no mode: On, Monitor or Off");

    private static IEnumerable<string> CheckList(
        string name, IReadOnlyList<string> list, int most, Func<string, string?> faultOf)
    {
        if (list.Count > most)
        {
            yield return $"{name}: has {list.Count} entries, {most} are allowed";
            yield break;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if ((list[i] is null ? "is null" : faultOf(list[i])) is { } fault)
            {
                yield return $"{name}[{i}]: '{list[i]}' {fault}";
            }
        }
    }
}
