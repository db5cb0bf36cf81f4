namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>
/// The Huffman code of header strings (RFC 7541, 5.2 and appendix B). It is canonical: codes of one length follow each other in
/// the order of their symbols, so that the lengths say it all.
/// </summary>
internal static class HpackHuffman
{
    private const int MinLength = 5;
    private const int MaxLength = 30;
    private const int EndOfString = 256;

    private static readonly ushort[] Symbols = new ushort[EndOfString + 1];
    private static readonly int[] FirstCode = new int[MaxLength + 1];
    private static readonly int[] FirstIndex = new int[MaxLength + 1];
    private static readonly int[] Counts = new int[MaxLength + 1];

    /// <summary>By the next eight bits: symbol and length of the code they start with; 0 where it is longer.</summary>
    private static readonly ushort[] Fast = new ushort[256];

    static HpackHuffman()
    {
        var code = 0;
        var index = 0;
        for (var length = MinLength; length <= MaxLength; length++)
        {
            FirstCode[length] = code;
            FirstIndex[length] = index;
            for (var symbol = 0; symbol < Lengths.Length; symbol++)
            {
                if (Lengths[symbol] == length)
                {
                    AddFast(symbol, length, code + Counts[length]++);
                    Symbols[index++] = (ushort)symbol;
                }
            }

            code = (code + Counts[length]) << 1;
        }
    }

    /// <summary>RFC 7541, appendix B; the last is the end of the string.</summary>
    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    /// <returns>False if the bits are no such string, or longer than the room for it.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> text, out int length)
    {
        length = 0;
        ulong bits = 0;
        var count = 0;
        foreach (var value in encoded)
        {
            bits = (bits << 8) | value;
            count += 8;
            while (TryTake(bits, ref count, out var symbol))
            {
                if (symbol == EndOfString || length == text.Length)
                {
                    return false;
                }

                text[length++] = (byte)symbol;
            }
        }

        // What is left over is padding: the first bits of the end of string, all ones, fewer than eight.
        var padding = (1UL << count) - 1;
        return count < 8 && (bits & padding) == padding;
    }

    private static bool TryTake(ulong bits, ref int count, out int symbol)
    {
        symbol = 0;
        if (count >= 8 && Fast[(byte)(bits >> (count - 8))] is var entry and not 0)
        {
            symbol = entry >> 4;
            count -= entry & 15;
            return true;
        }

        for (var length = MinLength; length <= Math.Min(count, MaxLength); length++)
        {
            var offset = (int)(bits >> (count - length)) & ((1 << length) - 1);
            offset -= FirstCode[length];
            if (offset >= 0 && offset < Counts[length])
            {
                symbol = Symbols[FirstIndex[length] + offset];
                count -= length;
                return true;
            }
        }

        return false;
    }

    private static void AddFast(int symbol, int length, int code)
    {
        if (length <= 8)
        {
            var shift = 8 - length;
            Fast.AsSpan(code << shift, 1 << shift).Fill((ushort)((symbol << 4) | length));
        }
    }
}
