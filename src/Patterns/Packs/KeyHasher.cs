using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// SipHash-1-3 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF"), over a key and over the
/// prefixes of it in one pass. A keyed function that nobody can run backwards, because whoever gets a name of his choice into
/// a feed must not be able to choose one that is mistaken for somebody else's.
/// </summary>
internal readonly struct KeyHasher(ulong key0, ulong key1)
{
    /// <summary>Hashes a whole key.</summary>
    public KeyHash Hash(ReadOnlySpan<byte> key)
    {
        Span<KeyHash> hash = stackalloc KeyHash[1];
        ReadOnlySpan<ushort> end = [(ushort)key.Length];
        HashPrefixes(key, end, hash);
        return hash[0];
    }

    /// <summary>Hashes the prefixes of a key that end at <paramref name="ends"/>, in rising order.</summary>
    [SkipLocalsInit]
    public void HashPrefixes(ReadOnlySpan<byte> key, ReadOnlySpan<ushort> ends, Span<KeyHash> hashes)
    {
        var state = new State(key0, key1);
        var block = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            int end = ends[i];
            while (block + 8 <= end)
            {
                state.Absorb(BinaryPrimitives.ReadUInt64LittleEndian(key[block..]));
                block += 8;
            }

            hashes[i] = state.Finish(Tail(key, block, end) | ((ulong)end << 56));
        }
    }

    /// <summary>
    /// Hashes an address with a port (0: without). For IPv4 both fit into 48 bits, which a few multiplications mix one to one
    /// (the finaliser of MurmurHash3); nobody has enough of these addresses to look for one that is mistaken for another.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeyHash Hash(IpAddress address, ushort port)
    {
        if (!address.IsIPv4)
        {
            return HashV6(address, port);
        }

        var mixed = ((ulong)address.V4 << 16) | port;
        mixed = (mixed ^ key1) + key0;
        mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccd;
        mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53;
        mixed ^= mixed >> 33;
        return new KeyHash(mixed, mixed * 0x9e3779b97f4a7c15);
    }

    private KeyHash HashV6(IpAddress address, ushort port)
    {
        Span<byte> key = stackalloc byte[KeyShape.EndpointBytes];
        KeyShape.WriteEndpoint(address, port, key);
        return Hash(key);
    }

    /// <summary>The up to seven bytes between the last whole block and the end, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Tail(ReadOnlySpan<byte> key, int block, int end)
    {
        var count = end - block;
        if (block + 8 <= key.Length)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(key[block..]) & ((1UL << (8 * count)) - 1);
        }

        var tail = 0UL;
        for (var i = count - 1; i >= 0; i--)
        {
            tail = (tail << 8) | key[block + i];
        }

        return tail;
    }

    /// <summary>The four words of SipHash. A copy is finished for each prefix while the original goes on.</summary>
    private struct State(ulong key0, ulong key1)
    {
        private ulong _v0 = key0 ^ 0x736f6d6570736575;
        private ulong _v1 = key1 ^ 0x646f72616e646f6d ^ 0xee;
        private ulong _v2 = key0 ^ 0x6c7967656e657261;
        private ulong _v3 = key1 ^ 0x7465646279746573;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Absorb(ulong word)
        {
            _v3 ^= word;
            Round();
            _v0 ^= word;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly KeyHash Finish(ulong last)
        {
            var end = this;
            end.Absorb(last);
            end._v2 ^= 0xee;
            end.Round();
            end.Round();
            end.Round();
            var low = end._v0 ^ end._v1 ^ end._v2 ^ end._v3;
            end._v1 ^= 0xdd;
            end.Round();
            end.Round();
            end.Round();
            return new KeyHash(low, end._v0 ^ end._v1 ^ end._v2 ^ end._v3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Round()
        {
            _v0 += _v1;
            _v2 += _v3;
            _v1 = BitOperations.RotateLeft(_v1, 13) ^ _v0;
            _v3 = BitOperations.RotateLeft(_v3, 16) ^ _v2;
            _v0 = BitOperations.RotateLeft(_v0, 32);
            _v2 += _v1;
            _v0 += _v3;
            _v1 = BitOperations.RotateLeft(_v1, 17) ^ _v2;
            _v3 = BitOperations.RotateLeft(_v3, 21) ^ _v0;
            _v2 = BitOperations.RotateLeft(_v2, 32);
        }
    }
}
