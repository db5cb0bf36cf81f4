using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Patterns.Feeds;
using MediaSecurityLite.Patterns.Names;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Explaining;

/// <summary>What somebody wants to know about: a name, an address (with a port), a URL, a fingerprint, or a file by its digest.</summary>
public sealed class PatternQuery
{
    private readonly string _host;
    private readonly IpAddress? _address;
    private readonly ushort _port;
    private readonly string? _target;
    private readonly IReadOnlyList<Indicator> _hashes = [];

    private PatternQuery(string text, IReadOnlyList<Indicator> hashes)
        : this(text, "", null, 0, null) => _hashes = hashes;

    private PatternQuery(string text, string host, IpAddress? address, ushort port, string? target) =>
        (Text, _host, _address, _port, _target) = (text, host, address, port, target);

    /// <summary>As it was asked.</summary>
    public string Text { get; }

    /// <summary>It is about a fingerprint or a file.</summary>
    public bool IsHash => _hashes.Count > 0;

    /// <summary>
    /// Reads <c>[http[s]://]host[:port][/path]</c>, where the host is a name or an address; a JA4; or <c>[KIND:]DIGITS</c> with the
    /// kinds ja3, ja4, cert, md5, sha1, sha256. Without a kind everything that has so many digits is looked for.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PatternQuery? query)
    {
        query = null;
        ArgumentNullException.ThrowIfNull(text);
        if (HashIndicator.ParseAny(text.Trim()) is { Count: > 0 } hashes)
        {
            query = new PatternQuery(text, hashes);
            return true;
        }

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
        Span<byte> key = stackalloc byte[KeyShape.MaxFingerprint + 1];
        foreach (var hash in _hashes)
        {
            var bytes = key[..KeyShape.WriteHash(hash.Text, key)];
            var count = hash.Kind == IndicatorKind.File
                ? set.FindFile(bytes, matches)
                : set.FindFingerprint((FingerprintKind)bytes[0], bytes[1..], matches);
            Add(matches[..count], _ => hash.Text);
        }

        if (IsHash)
        {
            return findings;
        }

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
        return UrlTarget.TryNormalise(rest.StartsWith("/") ? rest : $"/{rest}", out var target) && target.Length > 0 ? target : "/";
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
