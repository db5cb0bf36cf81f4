using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Packs;

public sealed class TableTests
{
    [Property(MaxTest = 60)]
    public bool FingerprintTable_OfAnyKeys_FindsTheseAndNoOthers(ulong[] keys, ulong[] others)
    {
        var builder = new FingerprintTableBuilder(3, 4);
        var all = keys.Concat(Enumerable.Range(0, 5000).Select(i => (ulong)i << 40)).Distinct().ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            builder.Add(builder.Hasher.Hash(BitConverter.GetBytes(all[i])), i % 700, depth: 1, length: 8);
        }

        var section = Pinned(builder.TryBuild(sets: 700)!);
        var table = FingerprintTable.Open(section);

        var isRight = all.Select((key, i) => Find(table, key) == i % 700).All(found => found)
            && others.Except(all).All(other => Find(table, other) == -1);
        GC.KeepAlive(section);
        return isRight;
    }

    [Fact]
    public void FingerprintTable_OfTwoKeysThatLookTheSame_IsRefused()
    {
        var builder = new FingerprintTableBuilder(3, 4);
        builder.Add(new KeyHash(1, 5), 0, depth: 1, length: 1);
        builder.Add(new KeyHash(1, 6), 1, depth: 1, length: 1);

        Assert.Null(builder.TryBuild(sets: 2));
    }

    [Property(MaxTest = 60)]
    public bool PrefixTable_OfAnyPrefixes_AgreesWithTryingEach(List<(uint Address, byte Length, bool IsV6)> input, uint probe)
    {
        var prefixes = input.Select((one, label) => (Prefix: one.IsV6
            ? AddressPrefix.Of(new IpAddress((ulong)one.Address << 32, one.Address), one.Length % 129)
            : AddressPrefix.Of(IpAddress.FromV4(one.Address), one.Length % 33), label)).ToArray();
        var section = Pinned(PrefixTableBuilder.Build(prefixes));
        var table = PrefixTable.Open(section);
        var probes = prefixes.SelectMany(one => new[] { one.Prefix.First, one.Prefix.After ?? default })
            .Append(IpAddress.FromV4(probe)).Append(new IpAddress((ulong)probe << 32, probe));

        var isRight = probes.All(address => Find(table, address).SequenceEqual(
            prefixes.Where(one => one.Prefix.Contains(address))
                .OrderByDescending(one => one.Prefix.Length).ThenBy(one => one.label)
                .Select(one => new PatternMatch(one.label, one.Prefix.TextLength)).Take(IPatternSet.MaxMatches)));
        GC.KeepAlive(section);
        return isRight;
    }

    /// <summary>Tables point into memory that does not move, as a mapped file's does not.</summary>
    private static byte[] Pinned(byte[] section)
    {
        var pinned = GC.AllocateUninitializedArray<byte>(section.Length, pinned: true);
        section.CopyTo(pinned, 0);
        return pinned;
    }

    private static int Find(FingerprintTable table, ulong key)
    {
        Span<int> sets = stackalloc int[1];
        table.Find([table.Hasher.Hash(BitConverter.GetBytes(key))], sets);
        return sets[0];
    }

    private static PatternMatch[] Find(PrefixTable table, IpAddress address)
    {
        var matches = new PatternMatch[IPatternSet.MaxMatches];
        return matches[..table.Find(address, matches)];
    }
}
