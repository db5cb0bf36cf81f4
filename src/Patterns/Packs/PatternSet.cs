using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Patterns.Catalogue;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>Several packs as one snapshot: labels are numbered through, matches come most specific first whichever pack they are in.</summary>
public sealed class PatternSet : IPatternSet
{
    /// <summary>More packs than a box needs, few enough for a lookup's buffer on the stack.</summary>
    public const int MaxPacks = 8;

    private readonly PatternPack[] _packs;
    private readonly int[] _firstLabels;
    private readonly PatternLabel[] _labels;

    private PatternSet(PatternPack[] packs)
    {
        _packs = packs;
        _labels = [.. packs.SelectMany(pack => pack.Labels)];
        _firstLabels = new int[packs.Length];
        for (var i = 1; i < packs.Length; i++)
        {
            _firstLabels[i] = _firstLabels[i - 1] + packs[i - 1].Labels.Count;
        }

        Version = packs.Select(pack => PackVersion.TryParse(pack.Version, out var version) ? version : default)
            .DefaultIfEmpty().Max().ToString();
        Catalogue = packs.Length == 0 ? PatternCatalogue.Empty : PatternCatalogue.Join([.. packs.Select(pack => pack.Catalogue)]);
    }

    private delegate int Lookup<TQuery>(PatternPack pack, TQuery query, Span<PatternMatch> matches)
        where TQuery : allows ref struct;

    public static PatternSet Empty { get; } = new([]);

    public string Version { get; }

    public IReadOnlyList<PatternPack> Packs => _packs;

    /// <summary>The applications and categories of all packs.</summary>
    public PatternCatalogue Catalogue { get; }

    /// <summary>Puts packs together.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxPacks"/>.</exception>
    public static PatternSet Combine(params IReadOnlyList<PatternPack> packs)
    {
        ArgumentNullException.ThrowIfNull(packs);
        return packs.Count <= MaxPacks
            ? new PatternSet([.. packs])
            : throw new ArgumentException($"a set holds {MaxPacks} packs", nameof(packs));
    }

    public bool HasFingerprints => Array.Exists(_packs, pack => pack.HasFingerprints);

    public bool HasFiles => Array.Exists(_packs, pack => pack.HasFiles);

    public PatternLabel Label(int index) => _labels[index];

    /// <summary>The pack that a label comes from.</summary>
    public PatternPack PackOf(int label)
    {
        var pack = Array.FindLastIndex(_firstLabels, first => first <= label);
        return _packs[pack];
    }

    public int FindName(ReadOnlySpan<byte> name, Span<PatternMatch> matches) =>
        Find(name, static (pack, name, matches) => pack.FindName(name, matches), matches);

    public int FindAddress(IpAddress address, ushort port, Span<PatternMatch> matches) =>
        Find((address, port), static (pack, end, matches) => pack.FindAddress(end.address, end.port, matches), matches);

    public int FindUrl(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, Span<PatternMatch> matches) =>
        Find(new UrlQuery(host, target), static (pack, url, matches) => pack.FindUrl(url.Host, url.Target, matches), matches);

    public int FindFingerprint(FingerprintKind kind, ReadOnlySpan<byte> value, Span<PatternMatch> matches) =>
        Find(new FingerprintQuery(kind, value), static (pack, one, matches) => pack.FindFingerprint(one.Kind, one.Value, matches), matches);

    public int FindFile(ReadOnlySpan<byte> digest, Span<PatternMatch> matches) =>
        Find(digest, static (pack, digest, matches) => pack.FindFile(digest, matches), matches);

    private int Find<TQuery>(TQuery query, Lookup<TQuery> lookup, Span<PatternMatch> matches)
        where TQuery : allows ref struct
    {
        if (_packs.Length == 1)
        {
            return lookup(_packs[0], query, matches);
        }

        Span<PatternMatch> found = stackalloc PatternMatch[MaxPacks * IPatternSet.MaxMatches];
        var count = 0;
        for (var i = 0; i < _packs.Length; i++)
        {
            var here = lookup(_packs[i], query, found.Slice(count, IPatternSet.MaxMatches));
            for (var j = count; j < count + here; j++)
            {
                found[j] = found[j] with { Label = found[j].Label + _firstLabels[i] };
            }

            count += here;
        }

        SortMostSpecificFirst(found[..count]);
        count = Math.Min(count, matches.Length);
        found[..count].CopyTo(matches);
        return count;
    }

    /// <summary>By insertion: a handful of matches, which must keep their order among equals.</summary>
    private static void SortMostSpecificFirst(Span<PatternMatch> matches)
    {
        for (var i = 1; i < matches.Length; i++)
        {
            var match = matches[i];
            var place = i;
            for (; place > 0 && matches[place - 1].Length < match.Length; place--)
            {
                matches[place] = matches[place - 1];
            }

            matches[place] = match;
        }
    }

    private readonly ref struct FingerprintQuery(FingerprintKind kind, ReadOnlySpan<byte> value)
    {
        public FingerprintKind Kind { get; } = kind;

        public ReadOnlySpan<byte> Value { get; } = value;
    }

    private readonly ref struct UrlQuery(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target)
    {
        public ReadOnlySpan<byte> Host { get; } = host;

        public ReadOnlySpan<byte> Target { get; } = target;
    }
}
