using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>Writes the section that <see cref="PrefixTable"/> reads.</summary>
internal static class PrefixTableBuilder
{
    public static byte[] Build(IEnumerable<(AddressPrefix Prefix, int Label)> prefixes)
    {
        var ordered = prefixes.Distinct()
            .OrderBy(entry => entry.Prefix.First).ThenBy(entry => entry.Prefix.Length).ThenBy(entry => entry.Label)
            .ToArray();
        var starts = ordered.Select(entry => entry.Prefix.First)
            .Concat(ordered.Select(entry => entry.Prefix.After).OfType<IpAddress>())
            .Distinct().Order().ToArray();

        var items = new List<(int Label, int Length)>();
        var offsets = new List<int> { 0 };
        var open = new List<(AddressPrefix Prefix, int Label)>();
        var next = 0;
        foreach (var start in starts)
        {
            open.RemoveAll(entry => !entry.Prefix.Contains(start));
            for (; next < ordered.Length && ordered[next].Prefix.First == start; next++)
            {
                open.Add(ordered[next]);
            }

            items.AddRange(open.OrderByDescending(entry => entry.Prefix.Length).ThenBy(entry => entry.Label)
                .Select(entry => (entry.Label, entry.Prefix.TextLength)));
            offsets.Add(items.Count);
        }

        return Write(starts, offsets, items);
    }

    private static byte[] Write(IpAddress[] starts, List<int> offsets, List<(int Label, int Length)> items)
    {
        var section = new byte[PrefixTable.HeaderBytes + (20 * starts.Length) + 4 + (8 * items.Count)];
        BinaryPrimitives.WriteInt32LittleEndian(section, starts.Length);
        BinaryPrimitives.WriteInt32LittleEndian(section.AsSpan(4), items.Count);
        var rest = section.AsSpan(PrefixTable.HeaderBytes);
        foreach (var start in starts)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, start.High);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], start.Low);
            rest = rest[16..];
        }

        foreach (var offset in offsets)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, offset);
            rest = rest[4..];
        }

        foreach (var (label, length) in items)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, label);
            BinaryPrimitives.WriteInt32LittleEndian(rest[4..], length);
            rest = rest[8..];
        }

        return section;
    }
}
