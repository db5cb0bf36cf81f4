using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Feeds;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>Takes the entries of all sources, one source after the other, and counts what becomes of them.</summary>
internal sealed class EntryCollector(EntryFilter filter) : IFeedSink
{
    private readonly Dictionary<PatternLabel, int> _numbers = [];
    private readonly List<PatternLabel> _labels = [];
    private readonly List<SourceReport> _owners = [];
    private readonly HashSet<(AddressPrefix Prefix, int Label)> _prefixes = [];
    private readonly byte[] _key = new byte[KeyShape.MaxUrl];
    private readonly ushort[] _ends = new ushort[KeyShape.MaxDepth];
    private HitList _except = new();
    private SourceReport _report = new() { Source = "" };

    public KeyCollector Names { get; } = new(NameEnds, HashBytes);

    public KeyCollector Endpoints { get; } = new(EndpointEnds, HashEndpoint);

    public KeyCollector Urls { get; } = new(UrlEnds, HashBytes);

    public IReadOnlyCollection<(AddressPrefix Prefix, int Label)> Prefixes => _prefixes;

    /// <summary>The labels that occurred, in the order of their provisional numbers.</summary>
    public IReadOnlyList<PatternLabel> Labels => _labels;

    /// <summary>What follows belongs to this source.</summary>
    public void Begin(SourceReport report, HitList except) => (_report, _except) = (report, except);

    public void Add(in Indicator indicator, PatternLabel label, FeedPlace place)
    {
        _report.Read++;
        var reason = filter.Check(indicator, label, _except) ?? (TryAdd(indicator, Number(label)) ? null : DropReason.Duplicate);
        if (reason is { } dropped)
        {
            _report.Drop(dropped, place, indicator.ToString());
        }
    }

    public void Drop(DropReason reason, FeedPlace place, ReadOnlySpan<char> text)
    {
        _report.Read++;
        _report.Drop(reason, place, text);
    }

    /// <summary>Drops what other entries of the same label hold.</summary>
    public void DropCovered()
    {
        foreach (var keys in (ReadOnlySpan<KeyCollector>)[Names, Endpoints, Urls])
        {
            keys.DropCovered(label => _owners[label].Drop(DropReason.Covered));
        }
    }

    private bool TryAdd(in Indicator indicator, int label)
    {
        switch (indicator.Kind)
        {
            case IndicatorKind.Name:
                Span<byte> name = stackalloc byte[KeyShape.MaxName];
                var length = Encoding.ASCII.GetBytes(indicator.Text, name);
                KeyShape.WriteName(name[..length], KeyShape.MaxDepth, _key, _ends);
                return Names.TryAdd(_key.AsSpan(0, length), label);
            case IndicatorKind.Url:
                var host = Encoding.ASCII.GetBytes(indicator.Text, _key);
                var rest = KeyShape.WithoutWww(_key.AsSpan(0, host)).Length;
                _key.AsSpan(host - rest, rest).CopyTo(_key);
                var path = Encoding.ASCII.GetBytes(indicator.Path, _key.AsSpan(rest));
                return Urls.TryAdd(_key.AsSpan(0, rest + path), label);
            case IndicatorKind.Address when !indicator.Prefix.IsSingle:
                return _prefixes.Add((indicator.Prefix, label));
            default:
                KeyShape.WriteEndpoint(indicator.Prefix.First, indicator.Port, _key);
                return Endpoints.TryAdd(_key.AsSpan(0, indicator.Port == 0 ? KeyShape.AddressBytes : KeyShape.EndpointBytes), label);
        }
    }

    private int Number(PatternLabel label)
    {
        if (!_numbers.TryGetValue(label, out var number))
        {
            _numbers[label] = number = _labels.Count;
            _labels.Add(label);
            _owners.Add(_report);
        }

        return number;
    }

    private static KeyHash HashBytes(KeyHasher hasher, ReadOnlySpan<byte> key) => hasher.Hash(key);

    private static KeyHash HashEndpoint(KeyHasher hasher, ReadOnlySpan<byte> key)
    {
        var (address, port) = KeyShape.ReadEndpoint(key);
        return hasher.Hash(address, port);
    }

    private static int NameEnds(ReadOnlySpan<byte> key, Span<ushort> ends)
    {
        var depth = 0;
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] == (byte)'.')
            {
                ends[depth++] = (ushort)i;
            }
        }

        ends[depth++] = (ushort)key.Length;
        return depth;
    }

    private static int EndpointEnds(ReadOnlySpan<byte> key, Span<ushort> ends)
    {
        ends[0] = KeyShape.AddressBytes;
        ends[1] = KeyShape.EndpointBytes;
        return key.Length == KeyShape.AddressBytes ? 1 : 2;
    }

    private static int UrlEnds(ReadOnlySpan<byte> key, Span<ushort> ends)
    {
        var slash = key.IndexOf((byte)'/');
        return KeyShape.UrlEnds(key, slash < 0 ? key.Length : slash, key.Length, KeyShape.MaxDepth, ends);
    }
}
