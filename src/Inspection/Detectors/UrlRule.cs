using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>
/// One line of a customer's URL list: <c>host</c> (the host and its subdomains), <c>*.host</c> (only its subdomains), either
/// with a path behind it in which <c>*</c> stands for any run of bytes: <c>example.co.jp/game/*</c>. A path without a
/// <c>*</c> matches what starts with it. A scheme in front is taken off, for lines are often pasted from an address bar.
/// </summary>
public sealed class UrlRule
{
    /// <summary>Longer lines are refused.</summary>
    public const int MaxLength = 2048;

    private UrlRule(string text, byte[] host, bool isSubdomainsOnly, byte[] path)
    {
        Text = text;
        Host = host;
        IsSubdomainsOnly = isSubdomainsOnly;
        Path = path;
    }

    /// <summary>The rule as written.</summary>
    public string Text { get; }

    internal byte[] Host { get; }

    internal bool IsSubdomainsOnly { get; }

    /// <summary>Starts with a slash; empty where the rule has none.</summary>
    internal byte[] Path { get; }

    /// <summary>Reads a rule.</summary>
    /// <param name="text">The line.</param>
    /// <param name="rule">The rule, if it is sound.</param>
    /// <param name="problem">In English, what is wrong with it otherwise.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out UrlRule? rule, [NotNullWhen(false)] out string? problem)
    {
        rule = null;
        problem = null;
        var rest = text.Trim();
        var scheme = rest.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            rest = rest[(scheme + 3)..];
        }

        var isSubdomainsOnly = rest.StartsWith("*.", StringComparison.Ordinal);
        rest = isSubdomainsOnly ? rest[2..] : rest;
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "" : rest[slash..];
        var host = (slash < 0 ? rest : rest[..slash]).TrimEnd('.');
        if (text.Length > MaxLength)
        {
            problem = $"longer than {MaxLength} characters";
        }
        else if (host.Length == 0 || !TryToAscii(host, out host))
        {
            problem = "no valid host name or address before the path";
        }
        else
        {
            rule = new UrlRule(text.Trim(), Encoding.ASCII.GetBytes(host), isSubdomainsOnly, Encoding.UTF8.GetBytes(path == "/" ? "" : path));
        }

        return rule is not null;
    }

    /// <summary>True if the rule speaks about this path.</summary>
    internal bool MatchesPath(ReadOnlySpan<byte> target)
    {
        if (Path.Length == 0)
        {
            return true;
        }

        return Path.AsSpan().Contains((byte)'*') ? Glob(Path, target) : target.StartsWith(Path);
    }

    /// <summary>Wildcard match with one point of return: linear in the usual case, never worse than the product of both lengths.</summary>
    private static bool Glob(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart((byte)'*').IsEmpty;
    }

    private static bool TryToAscii(string host, out string ascii)
    {
        ascii = "";
        var trimmed = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        if (System.Net.IPAddress.TryParse(trimmed, out var address))
        {
            ascii = address.ToString();
            return true;
        }

        // A port says nothing about what is asked for: TLS names carry none.
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        trimmed = colon < 0 ? trimmed : trimmed[..colon];
        if (!HostName.TryNormalize(trimmed, out var normalized))
        {
            return false;
        }

        ascii = normalized;
        return true;
    }
}
