namespace MediaSecurityLite.Inspection.Compression;

/// <summary>
/// A canonical Huffman code as Deflate uses them (RFC 1951, 3.2.2): short codes are looked up at once, longer ones walked bit
/// by bit. Rebuilt in place for every block.
/// </summary>
internal sealed class HuffmanCode
{
    /// <summary>RFC 1951, 3.2.7.</summary>
    public const int MaxLength = 15;

    /// <summary>More bits are needed to tell.</summary>
    public const int NeedMore = -1;

    /// <summary>No symbol has this code.</summary>
    public const int Invalid = -2;

    private const int FastBits = 9;
    private const int LengthBits = 4;

    /// <summary>By the next nine bits: symbol and length of the code they start with; 0 where it is longer.</summary>
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly ushort[] _counts = new ushort[MaxLength + 1];
    private readonly ushort[] _symbols;

    public HuffmanCode(int maxSymbols) => _symbols = new ushort[maxSymbols];

    /// <summary>Builds the code from the lengths of its symbols, 0 for those that do not occur.</summary>
    /// <returns>False if no such code exists, or codes would be left over (one single code of one bit may).</returns>
    public bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        Array.Clear(_fast);
        Array.Clear(_counts);
        foreach (var length in lengths)
        {
            _counts[length]++;
        }

        var used = lengths.Length - _counts[0];
        _counts[0] = 0;
        Span<int> next = stackalloc int[MaxLength + 1];
        Span<int> offsets = stackalloc int[MaxLength + 2];
        var left = 1;
        var code = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            left = (left << 1) - _counts[length];
            if (left < 0)
            {
                return false;
            }

            next[length] = code;
            code = (code + _counts[length]) << 1;
            offsets[length + 1] = offsets[length] + _counts[length];
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length > 0)
            {
                _symbols[offsets[length]++] = (ushort)symbol;
                AddFast(symbol, length, next[length]++);
            }
        }

        return left == 0 || used == 0 || (used == 1 && _counts[1] == 1);
    }

    /// <summary>Finds the symbol whose code the bits start with, the first bit lowest.</summary>
    public int Decode(ulong bits, int available, out int length)
    {
        int entry = _fast[(int)(bits & ((1 << FastBits) - 1))];
        length = entry & ((1 << LengthBits) - 1);
        if (entry != 0)
        {
            return length <= available ? entry >> LengthBits : NeedMore;
        }

        var code = 0;
        var first = 0;
        var index = 0;
        for (length = 1; length <= MaxLength; length++)
        {
            if (length > available)
            {
                return NeedMore;
            }

            code |= (int)(bits >> (length - 1)) & 1;
            int count = _counts[length];
            if (code - count < first)
            {
                return _symbols[index + (code - first)];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        return Invalid;
    }

    private void AddFast(int symbol, int length, int code)
    {
        if (length > FastBits)
        {
            return;
        }

        // Codes come with their highest bit first, the table is indexed with the first bit lowest.
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed |= ((code >> i) & 1) << (length - 1 - i);
        }

        for (var i = reversed; i < _fast.Length; i += 1 << length)
        {
            _fast[i] = (ushort)((symbol << LengthBits) | length);
        }
    }
}
