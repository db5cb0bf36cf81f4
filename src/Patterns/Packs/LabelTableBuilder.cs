using System.Text;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>Numbers the sets of labels in an order that depends on the sets alone, and writes the section that <see cref="LabelTable"/> reads.</summary>
internal sealed class LabelTableBuilder
{
    private readonly IReadOnlyList<PatternLabel> _labels;
    private readonly List<int[]> _sets;
    private readonly Dictionary<int[], int> _numbers;

    /// <param name="labels">In the order of their numbers.</param>
    /// <param name="sets">The sets that occur, each in rising order of label numbers.</param>
    public LabelTableBuilder(IReadOnlyList<PatternLabel> labels, IEnumerable<int[]> sets)
    {
        _labels = labels;
        _sets = [.. sets.Distinct(SetComparer.Instance).Order(SetComparer.Instance)];
        _numbers = new Dictionary<int[], int>(SetComparer.Instance);
        for (var i = 0; i < _sets.Count; i++)
        {
            _numbers.Add(_sets[i], i);
        }
    }

    public int Sets => _sets.Count;

    public int NumberOf(int[] set) => _numbers[set];

    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(_labels.Count);
        writer.Write(_sets.Count);
        writer.Write(_sets.Sum(set => set.Length));
        writer.Write(0);
        var offset = 0;
        writer.Write(offset);
        foreach (var set in _sets)
        {
            writer.Write(offset += set.Length);
        }

        foreach (var label in _sets.SelectMany(set => set))
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

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(checked((ushort)bytes.Length));
        writer.Write(bytes);
    }

    private sealed class SetComparer : IEqualityComparer<int[]>, IComparer<int[]>
    {
        public static readonly SetComparer Instance = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int Compare(int[]? x, int[]? y) => x.AsSpan().SequenceCompareTo(y);

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
