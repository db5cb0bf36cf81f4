using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Patterns.Names;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Explaining;

/// <summary>What somebody wants to know about: a name, an address (with a port), or a URL.</summary>
public sealed class PatternQuery
{
    private readonly string _host;
    private readonly IpAddress? _address;
    private readonly ushort _port;
    private readonly string? _target;

    private PatternQuery(string text, string host, IpAddress? address, ushort port, string? target) =>
        (Text, _host, _address, _port, _target) = (text, host, address, port, target);

    /// <summary>As it was asked.</summary>
    public string Text { get; }

    /// <summary>Reads <c>[http[s]://]host[:port][/path]</c>, where the host is a name or an address.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PatternQuery? query)
    {
        query = null;
        var rest = text.AsSpan().Trim();
        ushort port = 0;
        foreach (var (scheme, usual) in (ReadOnlySpan<(string, ushort)>)[("http://", 80), ("https://", 443)])
        {
            if (rest.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[scheme.Length..];
                port = usual;
            }
        }

        var end = rest.IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        var target = end >= 0 ? Target(rest[end..]) : port != 0 ? "/" : null;
        if (!AddressPrefix.TryParseAddress(authority, out var address) && !TrySplit(ref authority, ref port))
        {
            return false;
        }

        if (AddressPrefix.TryParseAddress(authority, out address))
        {
            query = new PatternQuery(text, address.ToString(), address, port, target);
            return true;
        }

        if (!DomainName.TryNormalise(authority, out var host))
        {
            return false;
        }

        query = new PatternQuery(text, host, null, port, target);
        return true;
    }

    /// <summary>Everything that the packs say about it, the most specific first.</summary>
    public IReadOnlyList<PatternFinding> Find(PatternSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var findings = new List<PatternFinding>();
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        var host = Encoding.ASCII.GetBytes(_host);
        if (_target is { } target)
        {
            var count = set.FindUrl(host, Encoding.UTF8.GetBytes(target), matches);
            Add(matches[..count], match => _host + (match.Length == 1 && target.Length > 0 ? "/" : target[..match.Length]));
        }

        if (_address is { } address)
        {
            var count = set.FindAddress(address, _port, matches);
            Add(matches[..count], match => AddressEntry.Text(address, _port, match.Length));
        }
        else
        {
            var count = set.FindName(host, matches);
            Add(matches[..count], match => _host[^match.Length..]);
        }

        return findings;

        void Add(ReadOnlySpan<PatternMatch> found, Func<PatternMatch, string> entry)
        {
            foreach (var match in found)
            {
                var pack = set.PackOf(match.Label);
                var label = set.Label(match.Label);
                findings.Add(new PatternFinding(
                    label, entry(match), pack.Version, pack.Manifest.Sources.FirstOrDefault(source => source.Id == label.Source)));
            }
        }
    }

    private static string Target(ReadOnlySpan<char> rest)
    {
        var fragment = rest.IndexOf('#');
        rest = fragment < 0 ? rest : rest[..fragment];
        return rest.StartsWith("/") ? rest.ToString() : $"/{rest}";
    }

    private static bool TrySplit(ref ReadOnlySpan<char> authority, ref ushort port)
    {
        var colon = authority.LastIndexOf(':');
        if (colon >= 0 && colon > authority.LastIndexOf(']'))
        {
            if (!ushort.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port))
            {
                return false;
            }

            authority = authority[..colon];
        }

        if (authority.StartsWith("[") && authority.EndsWith("]"))
        {
            authority = authority[1..^1];
        }

        return true;
    }
}
