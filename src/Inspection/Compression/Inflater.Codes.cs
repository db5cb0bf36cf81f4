namespace MediaSecurityLite.Inspection.Compression;

/// <content>Blocks of Huffman codes (RFC 1951, 3.2.5 to 3.2.7).</content>
internal sealed partial class Inflater
{
    private const int EndOfBlock = 256;
    private const int MaxLiterals = 286;
    private const int MaxDistances = 30;
    private const int CodeLengthCodes = 19;

    private static readonly HuffmanCode FixedLiterals = BuildFixedLiterals();
    private static readonly HuffmanCode FixedDistances = BuildFixedDistances();

    private readonly HuffmanCode _ownLiterals = new(MaxLiterals);
    private readonly HuffmanCode _ownDistances = new(MaxDistances);
    private readonly byte[] _lengths = new byte[MaxLiterals + MaxDistances];
    private HuffmanCode _literals = FixedLiterals;
    private HuffmanCode _distances = FixedDistances;
    private int _literalCount;
    private int _distanceCount;
    private int _codeLengthCount;

    /// <summary>RFC 1951, 3.2.7: the order in which the lengths of the code length codes come.</summary>
    private static ReadOnlySpan<byte> CodeLengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>RFC 1951, 3.2.5, for the symbols from 257.</summary>
    private static ReadOnlySpan<short> LengthBase =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<short> DistanceBase =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
        16385, 24577,
    ];

    private static ReadOnlySpan<byte> DistanceBits =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    private void UseFixedCodes() => (_literals, _distances) = (FixedLiterals, FixedDistances);

    private Step ReadCodeCounts(ref ReadOnlySpan<byte> input)
    {
        if (!TryTake(ref input, 14, out var counts))
        {
            return Step.NeedInput;
        }

        _literalCount = (int)(counts & 31) + 257;
        _distanceCount = (int)((counts >> 5) & 31) + 1;
        _codeLengthCount = (int)(counts >> 10) + 4;
        _index = 0;
        _lengths.AsSpan(0, CodeLengthCodes).Clear();
        _state = _literalCount <= MaxLiterals && _distanceCount <= MaxDistances ? State.CodeLengthLengths : State.Corrupt;
        return Step.GoOn;
    }

    private Step ReadCodeLengthLengths(ref ReadOnlySpan<byte> input)
    {
        for (; _index < _codeLengthCount; _index++)
        {
            if (!TryTake(ref input, 3, out var length))
            {
                return Step.NeedInput;
            }

            _lengths[CodeLengthOrder[_index]] = (byte)length;
        }

        // The literals' code serves for the lengths first; it is rebuilt once they are read.
        _index = 0;
        _literals = _ownLiterals;
        _state = _literals.TryBuild(_lengths.AsSpan(0, CodeLengthCodes)) ? State.CodeLengths : State.Corrupt;
        return Step.GoOn;
    }

    private Step ReadCodeLengths(ref ReadOnlySpan<byte> input)
    {
        while (_index < _literalCount + _distanceCount)
        {
            Fill(ref input);
            var symbol = _literals.Decode(_bits, _bitCount, out var bits);
            var extra = symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };
            if (symbol == HuffmanCode.NeedMore || (symbol >= 0 && bits + extra > _bitCount))
            {
                return Step.NeedInput;
            }

            if (symbol < 0 || !TryAddLengths(symbol, (int)(_bits >> bits) & ((1 << extra) - 1)))
            {
                _state = State.Corrupt;
                return Step.GoOn;
            }

            Drop(bits + extra);
        }

        _distances = _ownDistances;
        var isSound = _lengths[EndOfBlock] > 0
            && _literals.TryBuild(_lengths.AsSpan(0, _literalCount))
            && _distances.TryBuild(_lengths.AsSpan(_literalCount, _distanceCount));
        _state = isSound ? State.Symbols : State.Corrupt;
        return Step.GoOn;
    }

    private bool TryAddLengths(int symbol, int extra)
    {
        var (length, repeat) = symbol switch
        {
            16 when _index > 0 => (_lengths[_index - 1], extra + 3),
            16 => ((byte)0, int.MaxValue / 2),
            17 => ((byte)0, extra + 3),
            18 => ((byte)0, extra + 11),
            _ => ((byte)symbol, 1),
        };
        if (_index + repeat > _literalCount + _distanceCount)
        {
            return false;
        }

        _lengths.AsSpan(_index, repeat).Fill(length);
        _index += repeat;
        return true;
    }

    private Step ReadSymbols(ref ReadOnlySpan<byte> input)
    {
        while (_position < WindowSize)
        {
            Fill(ref input);
            var symbol = _literals.Decode(_bits, _bitCount, out var bits);
            if (symbol == HuffmanCode.NeedMore)
            {
                return Step.NeedInput;
            }

            if (symbol < 0 || symbol >= MaxLiterals)
            {
                _state = State.Corrupt;
                return Step.GoOn;
            }

            Drop(bits);
            if (symbol < EndOfBlock)
            {
                _window[_position] = (byte)symbol;
                Written(1);
                continue;
            }

            _index = symbol - EndOfBlock - 1;
            _state = symbol == EndOfBlock ? State.BlockHeader : State.LengthExtra;
            return Step.GoOn;
        }

        return Step.Full;
    }

    private Step ReadLengthExtra(ref ReadOnlySpan<byte> input)
    {
        if (!TryTake(ref input, LengthBits[_index], out var extra))
        {
            return Step.NeedInput;
        }

        _left = LengthBase[_index] + (int)extra;
        _state = State.Distance;
        return Step.GoOn;
    }

    private Step ReadDistance(ref ReadOnlySpan<byte> input)
    {
        Fill(ref input);
        _index = _distances.Decode(_bits, _bitCount, out var bits);
        if (_index == HuffmanCode.NeedMore)
        {
            return Step.NeedInput;
        }

        if (_index is < 0 or >= MaxDistances)
        {
            _state = State.Corrupt;
            return Step.GoOn;
        }

        Drop(bits);
        _state = State.DistanceExtra;
        return Step.GoOn;
    }

    private Step ReadDistanceExtra(ref ReadOnlySpan<byte> input)
    {
        if (!TryTake(ref input, DistanceBits[_index], out var extra))
        {
            return Step.NeedInput;
        }

        _distance = DistanceBase[_index] + (int)extra;
        _state = State.Copy;
        return Step.GoOn;
    }

    /// <summary>RFC 1951, 3.2.6.</summary>
    private static HuffmanCode BuildFixedLiterals()
    {
        Span<byte> lengths = stackalloc byte[288];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        var code = new HuffmanCode(lengths.Length);
        code.TryBuild(lengths);
        return code;
    }

    private static HuffmanCode BuildFixedDistances()
    {
        Span<byte> lengths = stackalloc byte[32];
        lengths.Fill(5);
        var code = new HuffmanCode(lengths.Length);
        code.TryBuild(lengths);
        return code;
    }
}
