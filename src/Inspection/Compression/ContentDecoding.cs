using System.Buffers;

namespace MediaSecurityLite.Inspection.Compression;

/// <summary>
/// Takes all codings off one body at a time. What it makes of a body is bounded: codings beyond <see cref="MaxLayers"/> stay on,
/// and a body that swells out of all proportion is not decoded further.
/// </summary>
internal sealed class ContentDecoding(ContentDecoderPool pool)
{
    /// <summary>Real servers use one, evasions two; a third is for what wraps those.</summary>
    private const int MaxLayers = 3;

    /// <summary>Up to here a body may grow at any rate.</summary>
    private const long FreeOutput = 1 << 20;

    /// <summary>Beyond it no more than this many times its size; real content compresses to a fiftieth at best.</summary>
    private const long MaxRatio = 200;

    /// <summary>Commas separate; browsers take white space and stray marks for separators too.</summary>
    private static readonly SearchValues<byte> Separators = SearchValues.Create(", \t\v\f\r\n:;\""u8);

    private readonly ContentDecoder?[] _layers = new ContentDecoder?[MaxLayers];
    private int _count;
    private long _input;
    private long _output;
    private bool _isStopped;

    /// <summary>What was handed out is not the whole body as it would be seen at its destination.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Makes ready for a body with this Content-Encoding header, which may be empty.</summary>
    public void Begin(ReadOnlySpan<byte> contentEncoding)
    {
        End();
        IsIncomplete = _isStopped = false;
        _input = _output = 0;

        // RFC 9110, 8.4: listed in the order in which they were applied, so the last comes off first.
        while (!contentEncoding.IsEmpty)
        {
            var separator = contentEncoding.LastIndexOfAny(Separators);
            Add(contentEncoding[(separator + 1)..]);
            contentEncoding = separator < 0 ? default : contentEncoding[..separator];
        }
    }

    /// <summary>Takes bytes of the body as sent.</summary>
    public void Append(ReadOnlySpan<byte> bytes, IContentSink sink)
    {
        if (_count == 0)
        {
            sink.Content(bytes);
        }
        else if (!_isStopped)
        {
            _input += bytes.Length;
            Decode(0, bytes, sink);
        }
    }

    /// <summary>Bytes of the body are missing: where it is encoded, what follows cannot be decoded.</summary>
    public void Skip() => _isStopped = IsIncomplete |= _count > 0;

    /// <summary>The body is over.</summary>
    public void Finish(IContentSink sink)
    {
        for (var layer = 0; layer < _count && !_isStopped; layer++)
        {
            if (_layers[layer]!.TryFinish(out var rest))
            {
                Decode(layer + 1, rest, sink);
            }

            IsIncomplete |= _layers[layer]!.IsCorrupt;
        }

        End();
    }

    /// <summary>Gives back what is lent.</summary>
    public void End()
    {
        for (; _count > 0; _count--)
        {
            pool.Return(_layers[_count - 1]!);
            _layers[_count - 1] = null;
        }
    }

    private void Add(ReadOnlySpan<byte> name)
    {
        var coding = Find(name);
        if (coding == ContentCoding.None)
        {
            return;
        }

        if (_count < MaxLayers && pool.Take(coding) is { } decoder)
        {
            _layers[_count++] = decoder;
        }
        else
        {
            IsIncomplete = true;
        }
    }

    private void Decode(int layer, ReadOnlySpan<byte> bytes, IContentSink sink)
    {
        if (layer == _count)
        {
            _output += bytes.Length;
            _isStopped = _output > FreeOutput && _output / MaxRatio > _input;
            IsIncomplete |= _isStopped;
            sink.Content(bytes);
            return;
        }

        while (!_isStopped && _layers[layer]!.TryRead(ref bytes, out var piece))
        {
            Decode(layer + 1, piece, sink);
        }
    }

    /// <summary>RFC 9110, 8.4.1, with the names of old (8.4.1.3). Browsers pass over zeros and odd bytes around them.</summary>
    private static ContentCoding Find(ReadOnlySpan<byte> name)
    {
        Span<byte> clean = stackalloc byte[16];
        var length = 0;
        foreach (var c in name)
        {
            if (c != 0 && length < clean.Length)
            {
                clean[length++] = (byte)(c is >= (byte)'A' and <= (byte)'Z' ? c | 0x20 : c);
            }
        }

        ReadOnlySpan<byte> coding = clean[..length];
        if (coding.IndexOf("gzip"u8) >= 0 || coding.IndexOf("deflate"u8) >= 0)
        {
            return ContentCoding.Deflate;
        }

        return coding.SequenceEqual("br"u8) ? ContentCoding.Brotli : ContentCoding.None;
    }
}
