using System.Text;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Reads text line by line within fixed memory, whatever the bytes are: a line that is too long or no UTF-8 is a fault of that line.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>No entry of any format is longer; beyond it a line is skipped to its end.</summary>
    public const int MaxLine = 8 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _number;

    /// <summary>Reads the next line.</summary>
    /// <exception cref="IOException">The file cannot be read further.</exception>
    public bool TryRead(out FeedLine line)
    {
        line = default;
        var tooLong = false;
        while (true)
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = Line(_buffer.AsSpan(_start, feed), tooLong);
                _start += feed + 1;
                return true;
            }

            if (_end - _start > MaxLine)
            {
                tooLong = true;
                _start = _end;
            }

            if (!TryFill())
            {
                var hasRest = tooLong || _start < _end;
                line = hasRest ? Line(_buffer.AsSpan(_start, _end - _start), tooLong) : default;
                _start = _end;
                return hasRest;
            }
        }
    }

    private bool TryFill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    private FeedLine Line(ReadOnlySpan<byte> bytes, bool tooLong)
    {
        _number++;
        if (tooLong || bytes.Length > MaxLine)
        {
            return new FeedLine(_number, "", DropReason.TooLong);
        }

        if (_number == 1 && bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            var text = Utf8.GetString(bytes).Trim();
            return text.AsSpan().ContainsAnyInRange('\0', '\x08')
                ? new FeedLine(_number, "", DropReason.NotText)
                : new FeedLine(_number, text, null);
        }
        catch (DecoderFallbackException)
        {
            return new FeedLine(_number, "", DropReason.NotText);
        }
    }
}
