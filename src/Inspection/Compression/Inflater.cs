using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Compression;

/// <summary>Where an <see cref="Inflater"/> stands after a call.</summary>
internal enum InflateStatus : byte
{
    /// <summary>All input was taken; more is needed.</summary>
    NeedInput,

    /// <summary>The window is full; call again for more output.</summary>
    HasMore,

    /// <summary>The last block has ended; what follows is not Deflate data.</summary>
    Done,

    /// <summary>The data is no Deflate stream from here on.</summary>
    Corrupt,
}

/// <summary>
/// Inflates a raw Deflate stream (RFC 1951) that comes in pieces of any size. Its memory is the window of 32 KiB that the
/// format demands; what it hands out lies in that window and is valid until the next call.
/// </summary>
internal sealed partial class Inflater
{
    private const int WindowSize = 32 << 10;
    private const int WindowMask = WindowSize - 1;

    private readonly byte[] _window = new byte[WindowSize];
    private State _state;
    private bool _isLastBlock;
    private ulong _bits;
    private int _bitCount;
    private int _position;
    private int _history;
    private int _left;
    private int _distance;
    private int _index;

    private enum State : byte
    {
        BlockHeader,
        StoredHeader,
        Stored,
        CodeCounts,
        CodeLengthLengths,
        CodeLengths,
        Symbols,
        LengthExtra,
        Distance,
        DistanceExtra,
        Copy,
        Done,
        Corrupt,
    }

    private enum Step : byte
    {
        GoOn,
        NeedInput,
        Full,
    }

    /// <summary>Starts anew.</summary>
    public void Reset()
    {
        _state = State.BlockHeader;
        _isLastBlock = false;
        _bits = 0;
        _bitCount = _position = _history = _left = _distance = _index = 0;
    }

    /// <summary>Takes input and hands out what it inflates to.</summary>
    /// <param name="input">Moves behind what was taken; at the end of the stream exactly behind that.</param>
    /// <param name="output">May hold bytes whatever the status is.</param>
    public InflateStatus Read(scoped ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> output)
    {
        var all = input;
        var start = _position &= WindowMask;
        var step = Step.GoOn;
        while (step == Step.GoOn && _state < State.Done)
        {
            step = _state switch
            {
                State.BlockHeader => ReadBlockHeader(ref input),
                State.StoredHeader => ReadStoredHeader(ref input),
                State.Stored => CopyStored(ref input),
                State.CodeCounts => ReadCodeCounts(ref input),
                State.CodeLengthLengths => ReadCodeLengthLengths(ref input),
                State.CodeLengths => ReadCodeLengths(ref input),
                State.Symbols => ReadSymbols(ref input),
                State.LengthExtra => ReadLengthExtra(ref input),
                State.Distance => ReadDistance(ref input),
                State.DistanceExtra => ReadDistanceExtra(ref input),
                _ => CopyMatch(),
            };
        }

        output = _window.AsSpan(start, _position - start);
        if (_state == State.Done || step == Step.Full)
        {
            GiveBack(all, ref input);
        }

        return _state switch
        {
            State.Done => InflateStatus.Done,
            State.Corrupt => InflateStatus.Corrupt,
            _ => step == Step.Full ? InflateStatus.HasMore : InflateStatus.NeedInput,
        };
    }

    /// <summary>
    /// Whole bytes that were taken ahead go back. They came in this call, for a call leaves more than seven bits over only where
    /// those were too few to go on.
    /// </summary>
    private void GiveBack(ReadOnlySpan<byte> all, ref ReadOnlySpan<byte> input)
    {
        input = all[(all.Length - input.Length - (_bitCount / 8))..];
        _bitCount &= 7;
        _bits &= (1UL << _bitCount) - 1;
    }

    private Step ReadBlockHeader(ref ReadOnlySpan<byte> input)
    {
        if (_isLastBlock)
        {
            _state = State.Done;
            return Step.GoOn;
        }

        if (!TryTake(ref input, 3, out var header))
        {
            return Step.NeedInput;
        }

        _isLastBlock = (header & 1) != 0;
        UseFixedCodes();
        _state = (header >> 1) switch
        {
            0 => State.StoredHeader,
            1 => State.Symbols,
            2 => State.CodeCounts,
            _ => State.Corrupt,
        };
        if (_state == State.StoredHeader)
        {
            // RFC 1951, 3.2.4: it starts at the next byte.
            Drop(_bitCount & 7);
        }

        return Step.GoOn;
    }

    private Step ReadStoredHeader(ref ReadOnlySpan<byte> input)
    {
        if (!TryTake(ref input, 32, out var header))
        {
            return Step.NeedInput;
        }

        _left = (int)(header & 0xFFFF);
        _state = (header >> 16) == (~header & 0xFFFF) ? State.Stored : State.Corrupt;
        return Step.GoOn;
    }

    private Step CopyStored(ref ReadOnlySpan<byte> input)
    {
        while (_left > 0)
        {
            if (_position == WindowSize)
            {
                return Step.Full;
            }

            if (_bitCount > 0)
            {
                _window[_position] = (byte)_bits;
                Drop(8);
                Written(1);
                _left--;
                continue;
            }

            var length = Math.Min(Math.Min(_left, WindowSize - _position), input.Length);
            if (length == 0)
            {
                return Step.NeedInput;
            }

            input[..length].CopyTo(_window.AsSpan(_position));
            input = input[length..];
            Written(length);
            _left -= length;
        }

        _state = State.BlockHeader;
        return Step.GoOn;
    }

    /// <summary>Copies what a match refers to, as far as the window has room.</summary>
    private Step CopyMatch()
    {
        if (_distance > _history)
        {
            _state = State.Corrupt;
            return Step.GoOn;
        }

        while (_left > 0 && _position < WindowSize)
        {
            var from = (_position - _distance) & WindowMask;
            var length = Math.Min(Math.Min(_left, WindowSize - _position), Math.Min(_distance, WindowSize - from));
            _window.AsSpan(from, length).CopyTo(_window.AsSpan(_position));
            Written(length);
            _left -= length;
        }

        if (_left > 0)
        {
            return Step.Full;
        }

        _state = State.Symbols;
        return Step.GoOn;
    }

    private void Written(int length)
    {
        _position += length;
        _history = Math.Min(_history + length, WindowSize);
    }

    /// <summary>Takes bits that make a number, the first bit lowest (RFC 1951, 3.1.1).</summary>
    private bool TryTake(ref ReadOnlySpan<byte> input, int count, out uint value)
    {
        Fill(ref input);
        value = 0;
        if (_bitCount < count)
        {
            return false;
        }

        value = (uint)(_bits & ((1UL << count) - 1));
        Drop(count);
        return true;
    }

    private void Fill(ref ReadOnlySpan<byte> input)
    {
        if (_bitCount > 48)
        {
            return;
        }

        if (input.Length >= 8)
        {
            var bytes = (63 - _bitCount) >> 3;
            var mask = (1UL << (bytes * 8)) - 1;
            _bits |= (BinaryPrimitives.ReadUInt64LittleEndian(input) & mask) << _bitCount;
            _bitCount += bytes * 8;
            input = input[bytes..];
            return;
        }

        while (_bitCount <= 48 && !input.IsEmpty)
        {
            _bits |= (ulong)input[0] << _bitCount;
            _bitCount += 8;
            input = input[1..];
        }
    }

    private void Drop(int count)
    {
        _bits >>= count;
        _bitCount -= count;
    }
}
