using System.Buffers.Binary;
using System.Numerics;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>Writes the section that <see cref="FingerprintTable"/> reads. The bytes depend on the set of keys alone, not on their order.</summary>
internal sealed class FingerprintTableBuilder
{
    /// <summary>Aim for the keys of one bucket; the index then costs half a byte per key.</summary>
    private const int KeysPerBucket = 8;

    private readonly List<(KeyHash Hash, int Set)> _entries = [];
    private int _minDepth = int.MaxValue;
    private int _maxDepth;
    private int _maxLength;

    public FingerprintTableBuilder(ulong key0, ulong key1)
    {
        (Key0, Key1) = (key0, key1);
        Hasher = new KeyHasher(key0, key1);
    }

    public KeyHasher Hasher { get; }

    private ulong Key0 { get; }

    private ulong Key1 { get; }

    /// <summary>Adds a key; each once.</summary>
    public void Add(KeyHash hash, int set, int depth, int length)
    {
        _entries.Add((hash, set));
        _minDepth = Math.Min(_minDepth, depth);
        _maxDepth = Math.Max(_maxDepth, depth);
        _maxLength = Math.Max(_maxLength, length);
    }

    /// <summary>Writes the section; null where two keys would share a fingerprint, or too many a bucket, so that another hash key is needed.</summary>
    /// <param name="sets">The highest number of a label set, and one.</param>
    public byte[]? TryBuild(int sets)
    {
        var idBits = Math.Max(1, BitOperations.Log2((uint)Math.Max(1, sets - 1)) + 1);
        var bucketBits = BitOperations.Log2((uint)Math.Max(1, _entries.Count / KeysPerBucket));
        var idMask = (1UL << idBits) - 1;
        ulong Bucket(KeyHash hash) => (hash.High >> 1) >> (63 - bucketBits);

        var entries = _entries.ToArray();
        Array.Sort(entries, (a, b) => (a.Hash.High, a.Hash.Low).CompareTo((b.Hash.High, b.Hash.Low)));

        var bucketBytes = FingerprintTable.BucketBytes(bucketBits);
        var section = new byte[FingerprintTable.HeaderBytes + bucketBytes + (8 * entries.Length)];
        WriteHeader(section, entries.Length, bucketBits, idBits);
        var index = section.AsSpan(FingerprintTable.HeaderBytes, bucketBytes);
        var words = section.AsSpan(FingerprintTable.HeaderBytes + bucketBytes);
        for (var i = 0; i < entries.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(words[(8 * i)..], (entries[i].Hash.Low & ~idMask) | (uint)entries[i].Set);
        }

        var next = 0;
        for (var group = 0; group < bucketBytes / sizeof(ulong); group++)
        {
            var word = (ulong)next;
            var first = next;
            for (var lane = 0; lane < 1 << FingerprintTable.GroupBits; lane++)
            {
                var start = next;
                for (; next < entries.Length && Bucket(entries[next].Hash) == (ulong)((group << FingerprintTable.GroupBits) + lane); next++)
                {
                    for (var other = start; other < next; other++)
                    {
                        if (((entries[other].Hash.Low ^ entries[next].Hash.Low) & ~idMask) == 0)
                        {
                            return null;
                        }
                    }
                }

                if (next - first > byte.MaxValue)
                {
                    return null;
                }

                word |= (ulong)(next - first) << (32 + (8 * lane));
            }

            BinaryPrimitives.WriteUInt64LittleEndian(index[(sizeof(ulong) * group)..], word);
        }

        return section;
    }

    private void WriteHeader(Span<byte> section, int count, int bucketBits, int idBits)
    {
        ReadOnlySpan<int> numbers = [count, bucketBits, idBits, count == 0 ? 0 : _minDepth, _maxDepth, _maxLength];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(section[(4 * i)..], numbers[i]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(section[24..], Key0);
        BinaryPrimitives.WriteUInt64LittleEndian(section[32..], Key1);
    }
}
