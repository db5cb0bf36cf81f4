namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>What a message reader met next.</summary>
internal enum HttpStep : byte
{
    /// <summary>Nothing until more bytes come.</summary>
    NeedMore,

    /// <summary>The request or status line.</summary>
    StartLine,

    /// <summary>A header line.</summary>
    Header,

    /// <summary>The empty line after the headers.</summary>
    HeadersEnd,

    /// <summary>Bytes of the body.</summary>
    Body,

    /// <summary>The message is over.</summary>
    MessageEnd,
}

/// <summary>
/// Frames HTTP/1 messages of one direction (RFC 9112): lines, then a body whose end is told by its length, its chunks or the
/// end of the connection. It knows where things end, not what they mean.
/// </summary>
internal struct HttpMessageReader
{
    /// <summary>RFC 9112, 3 recommends 8,000 bytes at least; servers take up to 64 KiB.</summary>
    private const int MaxLineLength = 64 << 10;

    private Part _part;
    private long _left;
    private int _scanned;

    private enum Part : byte
    {
        StartLine,
        Headers,
        Body,
        UntilClose,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        End,
    }

    /// <summary>True if only the end of the connection ends the body.</summary>
    public readonly bool IsUntilClose => _part == Part.UntilClose;

    /// <summary>True between messages.</summary>
    public readonly bool IsAtStart => _part == Part.StartLine;

    /// <summary>Moves one step. <paramref name="piece"/> is the line without its end, or the bytes of the body.</summary>
    /// <returns>False if what comes can be no HTTP message.</returns>
    public bool TryStep(ref ReadOnlySpan<byte> data, out HttpStep step, out ReadOnlySpan<byte> piece)
    {
        piece = default;
        step = HttpStep.NeedMore;
        switch (_part)
        {
            case Part.Body or Part.ChunkData:
                return StepCounted(ref data, out step, out piece);
            case Part.UntilClose:
                step = data.IsEmpty ? HttpStep.NeedMore : HttpStep.Body;
                piece = data;
                data = default;
                return true;
            case Part.End:
                _part = Part.StartLine;
                step = HttpStep.MessageEnd;
                return true;
        }

        if (!TryTakeLine(ref data, out piece, out var isTooLong))
        {
            return !isTooLong;
        }

        return StepLine(piece, out step);
    }

    /// <summary>Says how the body is framed; to be called at <see cref="HttpStep.HeadersEnd"/>.</summary>
    public void SetBody(bool isChunked, long? length, bool mayRunUntilClose)
    {
        (_part, _left) = (isChunked, length, mayRunUntilClose) switch
        {
            (true, _, _) => (Part.ChunkSize, 0),
            (_, > 0, _) => (Part.Body, length.Value),
            (_, null, true) => (Part.UntilClose, 0),
            _ => (Part.End, 0),
        };
    }

    /// <summary>Passes over missing bytes. False unless they lie within a body.</summary>
    public bool TrySkip(long length)
    {
        if (_part == Part.UntilClose)
        {
            return true;
        }

        if (_part != Part.Body || length > _left)
        {
            return false;
        }

        _left -= length;
        _part = _left == 0 ? Part.End : _part;
        return true;
    }

    private bool StepCounted(ref ReadOnlySpan<byte> data, out HttpStep step, out ReadOnlySpan<byte> piece)
    {
        var length = (int)Math.Min(_left, data.Length);
        piece = data[..length];
        data = data[length..];
        _left -= length;
        step = length == 0 ? HttpStep.NeedMore : HttpStep.Body;
        if (_left == 0)
        {
            _part = _part == Part.Body ? Part.End : Part.ChunkEnd;
        }

        return true;
    }

    private bool StepLine(ReadOnlySpan<byte> line, out HttpStep step)
    {
        switch (_part)
        {
            case Part.StartLine:
                // RFC 9112, 2.2: empty lines before a request are to be ignored.
                step = line.IsEmpty ? HttpStep.NeedMore : HttpStep.StartLine;
                _part = line.IsEmpty ? Part.StartLine : Part.Headers;
                return true;
            case Part.Headers:
                step = line.IsEmpty ? HttpStep.HeadersEnd : HttpStep.Header;
                return true;
            case Part.ChunkEnd:
                step = HttpStep.Header;
                _part = Part.ChunkSize;
                return line.IsEmpty;
            case Part.Trailers:
                step = HttpStep.NeedMore;
                _part = line.IsEmpty ? Part.End : Part.Trailers;
                return true;
            default:
                step = HttpStep.NeedMore;
                if (!TryParseChunkSize(line, out _left))
                {
                    return false;
                }

                _part = _left == 0 ? Part.Trailers : Part.ChunkData;
                return true;
        }
    }

    private bool TryTakeLine(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        line = default;
        var end = data[Math.Min(_scanned, data.Length)..].IndexOf((byte)'\n');
        if (end < 0)
        {
            _scanned = data.Length;
            isTooLong = data.Length > MaxLineLength;
            return false;
        }

        end += _scanned;
        _scanned = 0;
        isTooLong = false;
        line = data[..end];
        if (line.Length > 0 && line[^1] == '\r')
        {
            line = line[..^1];
        }

        data = data[(end + 1)..];
        return true;
    }

    /// <summary>RFC 9112, 7.1: hexadecimal digits, then extensions behind a semicolon.</summary>
    private static bool TryParseChunkSize(ReadOnlySpan<byte> line, out long size)
    {
        const int MaxDigits = 15;
        size = 0;
        var digits = 0;
        foreach (var c in line.TrimStart((byte)' '))
        {
            var value = c switch
            {
                >= (byte)'0' and <= (byte)'9' => c - '0',
                >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return digits > 0 && c is (byte)';' or (byte)' ' or (byte)'\t';
            }

            size = (size << 4) | (uint)value;
            if (++digits > MaxDigits)
            {
                return false;
            }
        }

        return digits > 0;
    }
}
