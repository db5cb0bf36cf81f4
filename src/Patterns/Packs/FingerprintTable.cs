using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// A set of keys, each with the number of its label set, read where it lies in the mapped file. Per key one word:
/// <code>
///  63                          idBits        0
/// +-------------------------------+-----------+     words stand in the order of hash.High, so that those of one bucket,
/// | fingerprint (from hash.Low)   | label set |     the first bucketBits of it, stand together
/// +-------------------------------+-----------+
/// </code>
/// In front of the words is one word per four buckets: where the first begins (32 bits), then where each ends (8 bits each,
/// counted from there). A table that gains or loses a few keys stays the same but for these keys and the first halves of
/// the index: what a box downloads for it is small (<see cref="LabelTableBuilder"/> keeps the numbers of label sets too).
/// A key that is in no source is taken for an entry with a probability of about 8 in 2^(64 - idBits) per prefix asked for. With
/// the some 5,000 label sets of all our feeds that is 7e-15: a fleet that asks for 800,000 prefixes it never asked for before
/// in every second sees it once in five years. An entry is never missed, and two entries of one pack never share a word:
/// <see cref="FingerprintTableBuilder"/> sees the whole keys.
/// </summary>
internal sealed unsafe class FingerprintTable
{
    /// <summary>Bytes in front of the bucket index.</summary>
    public const int HeaderBytes = 64;

    /// <summary>Buckets of one word of the index, as a power of two.</summary>
    public const int GroupBits = 2;

    /// <summary>A cache line: a bucket of average size reaches into the next one.</summary>
    private const int PrefetchBytes = 64;

    private readonly ulong* _groups;
    private readonly ulong* _words;
    private readonly int _count;
    private readonly int _bucketBits;
    private readonly ulong _idMask;

    private FingerprintTable(Header header, byte* section)
    {
        _count = header.Count;
        _bucketBits = header.BucketBits;
        _idMask = (1UL << header.IdBits) - 1;
        _groups = (ulong*)(section + HeaderBytes);
        _words = (ulong*)(section + HeaderBytes + BucketBytes(header.BucketBits));
        MinDepth = header.MinDepth;
        MaxDepth = header.MaxDepth;
        MaxLength = header.MaxLength;
        Hasher = new KeyHasher(header.Key0, header.Key1);
    }

    public bool IsEmpty => _count == 0;

    public int Count => _count;

    /// <summary>How many prefixes (labels, path boundaries) the shortest entry has: shorter ones need not be asked for.</summary>
    public int MinDepth { get; }

    /// <summary>How many the longest has.</summary>
    public int MaxDepth { get; }

    /// <summary>Bytes of the longest key.</summary>
    public int MaxLength { get; }

    public KeyHasher Hasher { get; }

    /// <summary>Takes a section whose signature was verified; only its size is checked again. Its memory must not move.</summary>
    /// <exception cref="InvalidDataException">The size does not fit what the header says.</exception>
    public static FingerprintTable Open(ReadOnlySpan<byte> section)
    {
        if (section.Length < HeaderBytes)
        {
            throw new InvalidDataException("a table is shorter than its header");
        }

        var header = MemoryMarshal.Read<Header>(section);
        if (header.BucketBits is < 0 or > 28 || header.IdBits is < 1 or > 24 || header.Count < 0
            || header.MaxDepth is < 0 or > KeyShape.MaxDepth || header.MinDepth < 0 || header.MinDepth > header.MaxDepth
            || header.MaxLength is < 0 or > KeyShape.MaxUrl
            || section.Length != HeaderBytes + BucketBytes(header.BucketBits) + (8L * header.Count))
        {
            throw new InvalidDataException("a table's header does not fit its size");
        }

        // The mapping does not move; PatternPack keeps it alive for as long as a lookup runs.
        return new FingerprintTable(header, (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(section)));
    }

    /// <summary>Finds the label sets of some keys; -1 where a key is not an entry.</summary>
    /// <remarks>
    /// The words of all keys are asked of memory before the first is looked at, so that a name waits for one miss of the cache,
    /// not for one per parent. A bucket is read without leaving early: its length is guessed right more often than the place.
    /// </remarks>
    [SkipLocalsInit]
    public void Find(ReadOnlySpan<KeyHash> hashes, Span<int> sets)
    {
        Span<uint> starts = stackalloc uint[KeyShape.MaxDepth];
        Span<uint> ends = stackalloc uint[KeyShape.MaxDepth];
        for (var i = 0; i < hashes.Length; i++)
        {
            var bucket = (hashes[i].High >> 1) >> (63 - _bucketBits);
            var group = _groups[bucket >> GroupBits];
            var lane = 8 * (int)(bucket & ((1 << GroupBits) - 1));
            var places = (group >> 24) & ~0xffUL;
            var start = (uint)group + (byte)(places >> lane);
            starts[i] = start;
            ends[i] = Math.Min((uint)group + (byte)(places >> (lane + 8)), (uint)_count);
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(_words + start);
                Sse.Prefetch0(_words + start + (PrefetchBytes / sizeof(ulong)));
            }
        }

        for (var i = 0; i < hashes.Length; i++)
        {
            var end = ends[i];
            var target = hashes[i].Low & ~_idMask;
            var found = ulong.MaxValue;
            for (var j = starts[i]; j < end; j++)
            {
                var difference = _words[j] ^ target;
                found = difference <= _idMask ? difference : found;
            }

            sets[i] = (int)found;
        }
    }

    /// <summary>Bytes of the index.</summary>
    public static int BucketBytes(int bucketBits) => sizeof(ulong) << Math.Max(0, bucketBits - GroupBits);

    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        public int Count;
        public int BucketBits;
        public int IdBits;
        public int MinDepth;
        public int MaxDepth;
        public int MaxLength;
        public ulong Key0;
        public ulong Key1;
    }
}
