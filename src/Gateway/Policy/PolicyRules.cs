using System.Buffers;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Gateway.Policy;

/// <summary>What a policy must keep to. Every fault is reported with the place of its member.</summary>
internal static class PolicyRules
{
    public const int MaxRules = 20_000;
    public const int MaxIds = 1_000;

    private const int MaxRuleLength = 2048;
    private const int MaxHostLength = 253; // RFC 1035, 2.3.4, without the length bytes
    private const int MaxLabelLength = 63;
    private const int MaxIdLength = 64;

    private static readonly SearchValues<char> LabelChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

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

    /// <summary>Why a text is no URL rule (<see cref="UrlListPolicy"/>); null if it is one.</summary>
    public static string? FaultOfRule(string rule)
    {
        if (rule.Length is 0 or > MaxRuleLength)
        {
            return $"must have 1 to {MaxRuleLength} characters";
        }

        if (rule.Contains("://", StringComparison.Ordinal))
        {
            return "must not name a scheme: write host or host/path";
        }

        if (rule.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return "must be printable ASCII without blanks: write names in their xn-- form and paths percent-encoded";
        }

        var slash = rule.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? rule : rule[..slash];
        return FaultOfHost(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host);
    }

    private static string? FaultOfHost(string host)
    {
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            return System.Net.IPAddress.TryParse(host, out _) ? null : $"'{host}' is no IPv6 address";
        }

        if (host.Length is 0 or > MaxHostLength)
        {
            return $"its host must have 1 to {MaxHostLength} characters";
        }

        if (host.Contains('*', StringComparison.Ordinal))
        {
            return "* may stand for the subdomains only (*.host), or in the path";
        }

        if (host.Contains(':', StringComparison.Ordinal))
        {
            return "must not name a port";
        }

        return host.Split('.').Any(label => label.Length is 0 or > MaxLabelLength || label.AsSpan().ContainsAnyExcept(LabelChars))
            ? $"'{host}' is no host name"
            : null;
    }

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
