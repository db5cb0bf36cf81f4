namespace MediaSecurityLite.Inspection.Compression;

/// <summary>
/// The decoders of one inspector. When all are in use a further body passes undecoded and is counted: what it carries is then
/// judged by its outside alone.
/// </summary>
internal sealed class ContentDecoderPool
{
    /// <summary>About 45 KiB each.</summary>
    private const int MaxDecoders = 512;

    /// <summary>A Brotli decoder may keep a window of 16 MiB (RFC 7932, 9.1).</summary>
    private const int MaxBrotli = 16;

    private readonly Stack<ContentDecoder> _free = new();
    private int _taken;
    private int _takenBrotli;

    /// <summary>Times the bound stood in the way.</summary>
    public long Refused { get; private set; }

    /// <returns>Null if the bound is reached.</returns>
    public ContentDecoder? Take(ContentCoding coding)
    {
        var isBrotli = coding == ContentCoding.Brotli;
        if (_taken == MaxDecoders || (isBrotli && _takenBrotli == MaxBrotli))
        {
            Refused++;
            return null;
        }

        _taken++;
        _takenBrotli += isBrotli ? 1 : 0;
        var decoder = _free.TryPop(out var recycled) ? recycled : new ContentDecoder();
        decoder.Begin(coding);
        return decoder;
    }

    public void Return(ContentDecoder decoder)
    {
        _taken--;
        _takenBrotli -= decoder.Coding == ContentCoding.Brotli ? 1 : 0;
        decoder.Release();
        _free.Push(decoder);
    }
}
