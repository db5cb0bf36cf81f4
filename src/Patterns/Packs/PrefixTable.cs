using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// Address prefixes, cut into ranges that do not overlap: one search finds every prefix that holds an address, however many
/// lengths there are. Range i reaches from starts[i] to the next start; its items are all prefixes over it, longest first.
/// <code>
/// ranges, items, 0, 0 (4 bytes each) | starts: high, low (8 bytes each) | item offsets: ranges + 1 | items: label, length
/// </code>
/// </summary>
internal sealed unsafe class PrefixTable
{
    public const int HeaderBytes = 16;

    private readonly ulong* _starts;
    private readonly uint* _offsets;
    private readonly uint* _items;
    private readonly int _ranges;
    private readonly uint _itemCount;

    private PrefixTable(byte* section, int ranges, int items)
    {
        _ranges = ranges;
        _itemCount = (uint)items;
        _starts = (ulong*)(section + HeaderBytes);
        _offsets = (uint*)(_starts + (2L * ranges));
        _items = _offsets + ranges + 1;
    }

    /// <summary>Takes a section whose signature was verified; only its size is checked again. Its memory must not move.</summary>
    /// <exception cref="InvalidDataException">The size does not fit what the header says.</exception>
    public static PrefixTable Open(ReadOnlySpan<byte> section)
    {
        if (section.Length < HeaderBytes)
        {
            throw new InvalidDataException("the prefixes are shorter than their header");
        }

        var header = MemoryMarshal.Cast<byte, int>(section[..HeaderBytes]);
        var (ranges, items) = (header[0], header[1]);
        if (ranges < 0 || items < 0 || section.Length != HeaderBytes + (20L * ranges) + 4 + (8L * items))
        {
            throw new InvalidDataException("the prefixes' header does not fit their size");
        }

        return new PrefixTable((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(section)), ranges, items);
    }

    /// <summary>Writes the prefixes that hold an address, longest first.</summary>
    public int Find(IpAddress address, Span<PatternMatch> matches)
    {
        var range = Last(address);
        if (range < 0)
        {
            return 0;
        }

        var written = 0;
        var end = Math.Min(_offsets[range + 1], _itemCount);
        for (var i = _offsets[range]; i < end && written < matches.Length; i++)
        {
            matches[written++] = new PatternMatch((int)_items[2 * i], (int)_items[(2 * i) + 1]);
        }

        return written;
    }

    /// <summary>The last range that does not start behind the address; -1 where all do. Without branches that cannot be guessed.</summary>
    private int Last(IpAddress address)
    {
        var range = 0;
        for (var rest = _ranges; rest > 1;)
        {
            var half = rest >> 1;
            range += IsAfter(range + half, address) ? 0 : half;
            rest -= half;
        }

        return _ranges == 0 || IsAfter(range, address) ? -1 : range;
    }

    private bool IsAfter(int range, IpAddress address)
    {
        var high = _starts[2L * range];
        return (high > address.High) | ((high == address.High) & (_starts[(2L * range) + 1] > address.Low));
    }
}
