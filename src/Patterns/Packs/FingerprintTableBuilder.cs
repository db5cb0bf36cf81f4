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

    /// <summary>Writes the section; null where two keys would share a fingerprint, so that another hash key is needed.</summary>
    public byte[]? TryBuild(int sets)
    {
        var idBits = Math.Max(1, BitOperations.Log2((uint)Math.Max(1, sets - 1)) + 1);
        var bucketBits = BitOperations.Log2((uint)Math.Max(1, _entries.Count / KeysPerBucket));
        var idMask = (1UL << idBits) - 1;
        ulong Bucket(KeyHash hash) => (hash.High >> 1) >> (63 - bucketBits);
        ulong Word((KeyHash Hash, int Set) entry) => (entry.Hash.Low & ~idMask) | (uint)entry.Set;

        var entries = _entries.ToArray();
        Array.Sort(entries, (a, b) => (Bucket(a.Hash), Word(a)).CompareTo((Bucket(b.Hash), Word(b))));

        var bucketBytes = FingerprintTable.BucketBytes(bucketBits);
        var section = new byte[FingerprintTable.HeaderBytes + bucketBytes + (8 * entries.Length)];
        WriteHeader(section, entries.Length, bucketBits, idBits);
        var index = section.AsSpan(FingerprintTable.HeaderBytes, bucketBytes);
        var words = section.AsSpan(FingerprintTable.HeaderBytes + bucketBytes);
        var next = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var bucket = (int)Bucket(entries[i].Hash);
            for (; next <= bucket; next++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(index[(4 * next)..], (uint)i);
            }

            var word = Word(entries[i]);
            BinaryPrimitives.WriteUInt64LittleEndian(words[(8 * i)..], word);
            if (i > 0 && bucket == (int)Bucket(entries[i - 1].Hash) && (word ^ Word(entries[i - 1])) <= idMask)
            {
                return null;
            }
        }

        for (; next <= 1 << bucketBits; next++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(index[(4 * next)..], (uint)entries.Length);
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
