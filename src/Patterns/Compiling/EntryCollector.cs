using System.Text;
using MediaSecurityLite.Contracts;
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
    private readonly List<int> _confidences = [];
    private HitList _except = new();
    private int _confidence;
    private SourceReport _report = new() { Source = "" };

    public KeyCollector Names { get; } = new(NameEnds, HashBytes);

    public KeyCollector Endpoints { get; } = new(EndpointEnds, HashEndpoint);

    public KeyCollector Urls { get; } = new(UrlEnds, HashBytes);

    public KeyCollector Fingerprints { get; } = new(WholeEnd, HashBytes);

    public KeyCollector Files { get; } = new(WholeEnd, HashBytes);

    /// <summary>The rules of all sources, by source and id.</summary>
    public RuleCollector Rules { get; } = new();

    public IReadOnlyCollection<(AddressPrefix Prefix, int Label)> Prefixes => _prefixes;

    /// <summary>The labels that occurred, in the order of their provisional numbers.</summary>
    public IReadOnlyList<PatternLabel> Labels => _labels;

    /// <summary>What follows belongs to this source.</summary>
    public void Begin(SourceReport report, HitList except, SourceConfidence confidence) =>
        (_report, _except, _confidence) = (report, except, (int)confidence);

    public void Add(in Indicator indicator, PatternLabel label, FeedPlace place)
    {
        CountRead();
        var reason = filter.Check(indicator, label, _except);
        if (reason is null && Number(label) is var number)
        {
            reason = number is null ? DropReason.Unmapped : TryAdd(indicator, number.Value) ? null : DropReason.Duplicate;
        }

        if (reason is { } dropped)
        {
            _report.Drop(dropped, place, indicator.ToString());
        }
    }

    public void AddRule(long id, string rule, FeedPlace place)
    {
        CountRead();
        if (!Rules.TryAdd(_report.Source, id, rule))
        {
            _report.Drop(DropReason.Duplicate, place, rule);
        }
    }

    public void Drop(DropReason reason, FeedPlace place, ReadOnlySpan<char> text)
    {
        CountRead();
        _report.Drop(reason, place, text);
    }

    /// <summary>
    /// Lets the source with the higher confidence decide where two say of one name, address, URL, fingerprint or file that it is
    /// different things. What both say is compared only within one question: is it bad (C&amp;C, malware, a category of threats)
    /// or something ordinary; and which ordinary category is it. Equal confidence is no conflict: both entries stay.
    /// </summary>
    public void ResolveConflicts()
    {
        foreach (var keys in (ReadOnlySpan<KeyCollector>)[Names, Endpoints, Urls, Fingerprints, Files])
        {
            keys.Resolve(Overruled, label => _owners[label].Drop(DropReason.Conflict));
        }
    }

    /// <summary>Drops what other entries of the same label hold.</summary>
    public void DropCovered()
    {
        foreach (var keys in (ReadOnlySpan<KeyCollector>)[Names, Endpoints, Urls])
        {
            keys.DropCovered(label => _owners[label].Drop(DropReason.Covered));
        }
    }

    private void Overruled(ReadOnlySpan<int> labels, Span<bool> overruled)
    {
        var (ordinary, category) = (-1, -1);
        foreach (var label in labels)
        {
            if (!filter.IsAccusation(_labels[label]))
            {
                ordinary = Math.Max(ordinary, _confidences[label]);
                category = _labels[label].Kind == PatternKind.Category ? Math.Max(category, _confidences[label]) : category;
            }
        }

        for (var i = 0; i < labels.Length; i++)
        {
            var label = labels[i];
            overruled[i] = filter.IsAccusation(_labels[label])
                ? _confidences[label] < ordinary
                : _labels[label].Kind == PatternKind.Category && _confidences[label] < category;
        }
    }

    private void CountRead()
    {
        if (++_report.Read > EntryLimits.MaxEntries)
        {
            throw new InvalidDataException($"it has more than {EntryLimits.MaxEntries} entries");
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
            case IndicatorKind.Fingerprint or IndicatorKind.File:
                var digest = KeyShape.WriteHash(indicator.Text, _key);
                return (indicator.Kind == IndicatorKind.File ? Files : Fingerprints).TryAdd(_key.AsSpan(0, digest), label);
            case IndicatorKind.Address when !indicator.Prefix.IsSingle:
                return _prefixes.Add((indicator.Prefix, label));
            default:
                KeyShape.WriteEndpoint(indicator.Prefix.First, indicator.Port, _key);
                return Endpoints.TryAdd(_key.AsSpan(0, indicator.Port == 0 ? KeyShape.AddressBytes : KeyShape.EndpointBytes), label);
        }
    }

    private int? Number(PatternLabel label)
    {
        if (!_numbers.TryGetValue(label, out var number))
        {
            if (_labels.Count == EntryLimits.MaxLabels)
            {
                return null;
            }

            _numbers[label] = number = _labels.Count;
            _labels.Add(label);
            _owners.Add(_report);
            _confidences.Add(_confidence);
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

    private static int WholeEnd(ReadOnlySpan<byte> key, Span<ushort> ends)
    {
        ends[0] = (ushort)key.Length;
        return 1;
    }

    private static int UrlEnds(ReadOnlySpan<byte> key, Span<ushort> ends)
    {
        var slash = key.IndexOf((byte)'/');
        return KeyShape.UrlEnds(key, slash < 0 ? key.Length : slash, key.Length, KeyShape.MaxDepth, ends);
    }
}
