using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// The labels of a pack and the sets of them that an entry can have: a name may belong to an application and to a category.
/// <code>
/// labels, places for sets, items, 0 (4 bytes each) | set offsets: sets + 1 | items: label | per label: kind (1), name, source (2 + bytes each)
/// </code>
/// </summary>
internal sealed unsafe class LabelTable
{
    public const int HeaderBytes = 16;

    private readonly uint* _offsets;
    private readonly uint* _items;
    private readonly int _sets;
    private readonly uint _itemCount;

    private LabelTable(byte* section, int sets, int items, PatternLabel[] labels)
    {
        _sets = sets;
        _itemCount = (uint)items;
        _offsets = (uint*)(section + HeaderBytes);
        _items = _offsets + sets + 1;
        Labels = labels;
    }

    public PatternLabel[] Labels { get; }

    /// <summary>Takes a section whose signature was verified. Its memory must not move.</summary>
    /// <exception cref="InvalidDataException">The size does not fit what the header says.</exception>
    public static LabelTable Open(ReadOnlySpan<byte> section)
    {
        if (section.Length < HeaderBytes)
        {
            throw new InvalidDataException("the labels are shorter than their header");
        }

        var header = MemoryMarshal.Cast<byte, int>(section[..HeaderBytes]);
        var (labels, sets, items) = (header[0], header[1], header[2]);
        var text = HeaderBytes + (4L * (sets + 1L)) + (4L * items);
        if (labels < 0 || sets < 0 || items < 0 || text > section.Length)
        {
            throw new InvalidDataException("the labels' header does not fit their size");
        }

        return new LabelTable(
            (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(section)), sets, items, ReadLabels(section[(int)text..], labels));
    }

    /// <summary>Writes one match per label of a set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Expand(int set, int length, Span<PatternMatch> matches)
    {
        if ((uint)set >= (uint)_sets)
        {
            return 0;
        }

        var written = 0;
        var end = Math.Min(_offsets[set + 1], _itemCount);
        for (var i = _offsets[set]; i < end && written < matches.Length; i++)
        {
            matches[written++] = new PatternMatch((int)_items[i], length);
        }

        return written;
    }

    private static PatternLabel[] ReadLabels(ReadOnlySpan<byte> text, int count)
    {
        var labels = new PatternLabel[count];
        var sources = new Dictionary<string, string>();
        for (var i = 0; i < count; i++)
        {
            var kind = (PatternKind)text[0];
            text = text[1..];
            var name = ReadText(ref text);
            var source = ReadText(ref text);
            labels[i] = new PatternLabel(kind, name, sources.TryGetValue(source, out var known) ? known : sources[source] = source);
        }

        return labels;
    }

    private static string ReadText(ref ReadOnlySpan<byte> text)
    {
        var length = text[0] | (text[1] << 8);
        var value = Encoding.UTF8.GetString(text.Slice(2, length));
        text = text[(2 + length)..];
        return value;
    }
}
