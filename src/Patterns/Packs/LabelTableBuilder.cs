using System.Numerics;
using System.Text;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// Numbers the sets of labels and writes the section that <see cref="LabelTable"/> reads. A set's number comes from a hash of
/// what its labels say, not from its place among the others: a family that comes or goes leaves the numbers of the others, and
/// with them the words of their entries, as they are.
/// </summary>
internal sealed class LabelTableBuilder
{
    private static readonly KeyHasher Hasher = new(0x6c61_6265_6c73, 0x7365_7473);

    private readonly IReadOnlyList<PatternLabel> _labels;
    private readonly int[]?[] _slots;
    private readonly Dictionary<int[], int> _numbers;

    /// <param name="labels">In the order of their numbers.</param>
    /// <param name="sets">The sets that occur, each in rising order of label numbers.</param>
    public LabelTableBuilder(IReadOnlyList<PatternLabel> labels, IEnumerable<int[]> sets)
    {
        _labels = labels;
        var distinct = sets.Distinct(SetComparer.Instance).Select(set => (Hash: HashOf(set), Set: set))
            .OrderBy(one => one.Hash.High).ThenBy(one => one.Hash.Low).ToList();
        _numbers = new Dictionary<int[], int>(SetComparer.Instance);

        // At most half full, so that few sets lie in another's place.
        _slots = new int[]?[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, 2 * distinct.Count))];
        foreach (var (hash, set) in distinct)
        {
            var slot = (int)(hash.Low & (ulong)(_slots.Length - 1));
            while (_slots[slot] is not null)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = set;
            _numbers.Add(set, slot);
        }
    }

    /// <summary>The highest number that a set can have, and one.</summary>
    public int Sets => _slots.Length;

    public int NumberOf(int[] set) => _numbers[set];

    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(_labels.Count);
        writer.Write(_slots.Length);
        writer.Write(_slots.Sum(set => set?.Length ?? 0));
        writer.Write(0);
        var offset = 0;
        writer.Write(offset);
        foreach (var set in _slots)
        {
            writer.Write(offset += set?.Length ?? 0);
        }

        foreach (var label in _slots.SelectMany(set => set ?? []))
        {
            writer.Write(label);
        }

        foreach (var label in _labels)
        {
            writer.Write((byte)label.Kind);
            WriteText(writer, label.Name);
            WriteText(writer, label.Source);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private KeyHash HashOf(int[] set) =>
        Hasher.Hash(Encoding.UTF8.GetBytes(string.Join('\n', set.Select(label => $"{(int)_labels[label].Kind} {_labels[label].Name} {_labels[label].Source}"))));

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(checked((ushort)bytes.Length));
        writer.Write(bytes);
    }

    private sealed class SetComparer : IEqualityComparer<int[]>
    {
        public static readonly SetComparer Instance = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] set)
        {
            var hash = default(HashCode);
            foreach (var label in set)
            {
                hash.Add(label);
            }

            return hash.ToHashCode();
        }
    }
}
