using System.Runtime.InteropServices;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>
/// Collects the keys of one table with their labels. Keys are told apart by 128 bits of SipHash (two of ten million are equal
/// with a probability of 1e-25); the bytes are kept for their prefixes.
/// </summary>
internal sealed class KeyCollector(KeyEnds ends, KeyHashing hashing)
{
    /// <summary>Labels of one key that are compared; no name of all feeds has a tenth of it.</summary>
    private const int MaxCompared = 256;

    private static readonly KeyHasher Hasher = new(0x6d73_6c70_6174_2d31, 0x6b65_7973);

    private readonly HashSet<(KeyHash Key, int Label)> _known = [];
    private readonly List<Entry> _entries = [];
    private readonly List<byte> _bytes = [];

    /// <summary>Adds a key.</summary>
    /// <returns>False where the label has it already.</returns>
    public bool TryAdd(ReadOnlySpan<byte> key, int label)
    {
        var hash = Hasher.Hash(key);
        if (!_known.Add((hash, label)))
        {
            return false;
        }

        _entries.Add(new Entry(hash, label, _bytes.Count, key.Length));
        _bytes.AddRange(key);
        return true;
    }

    /// <summary>Drops every entry of which a prefix has the same label.</summary>
    /// <param name="onDropped">Is told the label.</param>
    public void DropCovered(Action<int> onDropped)
    {
        Span<ushort> places = stackalloc ushort[KeyShape.MaxDepth];
        Span<KeyHash> hashes = stackalloc KeyHash[KeyShape.MaxDepth];
        var kept = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            var key = Key(entry);
            var depth = ends(key, places);
            Hasher.HashPrefixes(key, places[..depth], hashes);
            var isCovered = false;
            for (var j = 0; j < depth - 1 && !isCovered; j++)
            {
                isCovered = _known.Contains((hashes[j], entry.Label));
            }

            if (isCovered)
            {
                onDropped(entry.Label);
            }
            else
            {
                _entries[kept++] = entry;
            }
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    /// <summary>Drops entries that others of the same key overrule.</summary>
    /// <param name="overruled">Says it, for all labels of one key.</param>
    /// <param name="onDropped">Is told the label.</param>
    public void Resolve(OverruledLabels overruled, Action<int> onDropped)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        entries.Sort((a, b) => (a.Hash.High, a.Hash.Low, a.Label).CompareTo((b.Hash.High, b.Hash.Low, b.Label)));
        Span<int> labels = stackalloc int[MaxCompared];
        Span<bool> drop = stackalloc bool[MaxCompared];
        var kept = 0;
        for (var i = 0; i < entries.Length;)
        {
            var count = 0;
            for (; i + count < entries.Length && count < MaxCompared && entries[i + count].Hash == entries[i].Hash; count++)
            {
                labels[count] = entries[i + count].Label;
                drop[count] = false;
            }

            if (count > 1)
            {
                overruled(labels[..count], drop[..count]);
            }

            for (var j = 0; j < count; j++)
            {
                var entry = entries[i + j];
                if (drop[j])
                {
                    _known.Remove((entry.Hash, entry.Label));
                    onDropped(entry.Label);
                }
                else
                {
                    entries[kept++] = entry;
                }
            }

            i += count;
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    /// <summary>The distinct keys.</summary>
    /// <param name="numbers">The label numbers of the pack, by those that were used here.</param>
    public IReadOnlyList<CollectedKey> Keys(int[] numbers)
    {
        _entries.Sort((a, b) => (a.Hash.High, a.Hash.Low).CompareTo((b.Hash.High, b.Hash.Low)));
        var keys = new List<CollectedKey>(_entries.Count);
        var entries = CollectionsMarshal.AsSpan(_entries);
        var singles = Array.ConvertAll(numbers, number => new[] { number });
        for (var i = 0; i < entries.Length;)
        {
            var end = i + 1;
            while (end < entries.Length && entries[end].Hash == entries[i].Hash)
            {
                end++;
            }

            keys.Add(new CollectedKey(entries[i].Offset, entries[i].Length, Labels(entries[i..end], numbers, singles)));
            i = end;
        }

        return keys;
    }

    /// <summary>Writes the table, with another hash key for as long as two entries would look the same.</summary>
    public byte[] BuildTable(IReadOnlyList<CollectedKey> keys, LabelTableBuilder sets)
    {
        Span<ushort> places = stackalloc ushort[KeyShape.MaxDepth];
        for (var attempt = 0UL; ; attempt++)
        {
            var table = new FingerprintTableBuilder(0x7061_7474_6572_6e73, attempt);
            foreach (var key in keys)
            {
                var bytes = CollectionsMarshal.AsSpan(_bytes).Slice(key.Offset, key.Length);
                table.Add(hashing(table.Hasher, bytes), sets.NumberOf(key.Labels), ends(bytes, places), key.Length);
            }

            if (table.TryBuild(sets.Sets) is { } section)
            {
                return section;
            }
        }
    }

    /// <summary>Most keys have one label; these share one array per label.</summary>
    private static int[] Labels(ReadOnlySpan<Entry> same, int[] numbers, int[][] singles)
    {
        if (same.Length == 1)
        {
            return singles[same[0].Label];
        }

        var labels = new int[same.Length];
        for (var i = 0; i < same.Length; i++)
        {
            labels[i] = numbers[same[i].Label];
        }

        Array.Sort(labels);
        return labels;
    }

    private ReadOnlySpan<byte> Key(Entry entry) => CollectionsMarshal.AsSpan(_bytes).Slice(entry.Offset, entry.Length);

    private readonly record struct Entry(KeyHash Hash, int Label, int Offset, int Length);
}
