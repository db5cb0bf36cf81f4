using System.Buffers;
using System.IO.Compression;

namespace MediaSecurityLite.Inspection.Compression;

/// <summary>
/// Takes one coding off a body (RFC 9110, 8.4). What turns out not to be encoded at all is passed on as it is, for that is what
/// a browser shows. Recycled through <see cref="ContentDecoderPool"/>.
/// </summary>
internal sealed class ContentDecoder
{
    /// <summary>Longer than any block header (RFC 1951, 3.2.7), by whose end a Deflate stream has shown itself.</summary>
    private const int MaxHead = 1024;

    private const int BrotliPiece = 16 << 10;

    private readonly Inflater _inflater = new();
    private readonly byte[] _head = new byte[MaxHead];
    private byte[] _brotliOutput = [];
    private BrotliDecoder _brotli;
    private GzipHeader _gzip;
    private int _headLength;
    private int _headFed;
    private Mode _mode;
    private bool _hasOutput;

    private enum Mode : byte
    {
        /// <summary>The first two bytes tell which wrapping it has.</summary>
        Probe,

        GzipHeader,
        Inflate,
        Brotli,

        /// <summary>Not encoded after all; what was held back comes first.</summary>
        PlainHead,

        Plain,

        /// <summary>At the end of the encoded data, or where it broke: what follows says nothing.</summary>
        Over,
    }

    public ContentCoding Coding { get; private set; }

    /// <summary>The data broke off: what was handed out is not the whole.</summary>
    public bool IsCorrupt { get; private set; }

    public void Begin(ContentCoding coding)
    {
        Coding = coding;
        _mode = coding == ContentCoding.Brotli ? Mode.Brotli : Mode.Probe;
        _headLength = _headFed = 0;
        _gzip = default;
        IsCorrupt = _hasOutput = false;
        _inflater.Reset();
    }

    /// <summary>Takes input and hands out a piece of what it decodes to, valid until the next call.</summary>
    /// <returns>False if all input was taken and there is nothing more to hand out.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> output)
    {
        output = default;
        var goesOn = true;
        while (output.IsEmpty && goesOn)
        {
            goesOn = _mode switch
            {
                Mode.Probe => Probe(ref input),
                Mode.GzipHeader => ReadGzipHeader(ref input),
                Mode.Inflate => Inflate(ref input, out output),
                Mode.Brotli => ReadBrotli(ref input, out output),
                _ => PassOn(ref input, out output),
            };
        }

        return !output.IsEmpty;
    }

    /// <summary>The body is over. What was held back to be recognised is handed out as it is.</summary>
    public bool TryFinish(out ReadOnlySpan<byte> output)
    {
        output = _mode == Mode.Probe ? _head.AsSpan(0, _headLength) : default;
        _mode = Mode.Over;
        return !output.IsEmpty;
    }

    /// <summary>Gives back what is not kept from body to body.</summary>
    public void Release()
    {
        _brotli.Dispose();
        _brotli = default;
    }

    private bool Probe(ref ReadOnlySpan<byte> input)
    {
        while (_headLength < 2 && !input.IsEmpty)
        {
            Hold(input[..1]);
            input = input[1..];
        }

        if (_headLength < 2)
        {
            return false;
        }

        const int ZlibPresetDictionary = 0x20;
        var (first, second) = (_head[0], _head[1]);
        var isGzip = first == 0x1F && second == 0x8B;
        var isZlib = (first & 0x0F) == 8 && (first >> 4) <= 7 && ((first << 8) | second) % 31 == 0 && (second & ZlibPresetDictionary) == 0;
        _headFed = isZlib ? 2 : 0;
        _mode = isGzip ? Mode.GzipHeader : Mode.Inflate;
        if (isGzip)
        {
            _gzip.TryTake(first);
            _gzip.TryTake(second);
            _headFed = 2;
        }

        return true;
    }

    private bool ReadGzipHeader(ref ReadOnlySpan<byte> input)
    {
        while (!_gzip.IsOver && !input.IsEmpty)
        {
            var value = input[0];
            Hold(input[..1]);
            _headFed = _headLength;
            input = input[1..];
            if (!_gzip.TryTake(value))
            {
                _mode = Mode.PlainHead;
                return true;
            }
        }

        _mode = _gzip.IsOver ? Mode.Inflate : Mode.GzipHeader;
        return _gzip.IsOver;
    }

    private bool Inflate(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> output)
    {
        InflateStatus status;
        if (_headFed < _headLength && !_hasOutput)
        {
            ReadOnlySpan<byte> held = _head.AsSpan(_headFed, _headLength - _headFed);
            status = _inflater.Read(ref held, out output);
            _headFed = _headLength - held.Length;
        }
        else
        {
            var all = input;
            status = _inflater.Read(ref input, out output);
            if (!_hasOutput && output.IsEmpty)
            {
                Hold(all[..(all.Length - input.Length)]);
                _headFed = _headLength;
            }
        }

        _hasOutput |= !output.IsEmpty;
        if (status == InflateStatus.Corrupt)
        {
            var isPlain = !_hasOutput && _headLength < MaxHead;
            _mode = isPlain ? Mode.PlainHead : Mode.Over;
            IsCorrupt = !isPlain;
        }
        else if (status == InflateStatus.Done)
        {
            _mode = Mode.Over;
        }

        return _mode != Mode.Inflate || status == InflateStatus.HasMore || !input.IsEmpty;
    }

    private bool ReadBrotli(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> output)
    {
        if (_brotliOutput.Length == 0)
        {
            _brotliOutput = new byte[BrotliPiece];
        }

        var status = _brotli.Decompress(input, _brotliOutput, out var consumed, out var written);
        input = input[consumed..];
        output = _brotliOutput.AsSpan(0, written);
        IsCorrupt = status == OperationStatus.InvalidData;
        _mode = status is OperationStatus.InvalidData or OperationStatus.Done ? Mode.Over : Mode.Brotli;
        return _mode == Mode.Over || status == OperationStatus.DestinationTooSmall;
    }

    private bool PassOn(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> output)
    {
        if (_mode == Mode.PlainHead)
        {
            _mode = Mode.Plain;
            output = _head.AsSpan(0, _headLength);
            return true;
        }

        output = _mode == Mode.Plain ? input : default;
        input = default;
        return false;
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, MaxHead - _headLength);
        bytes[..length].CopyTo(_head.AsSpan(_headLength));
        _headLength += length;
    }
}
