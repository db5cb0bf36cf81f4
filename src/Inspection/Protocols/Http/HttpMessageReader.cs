namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>
/// Frames HTTP/1 messages of one direction (RFC 9112): lines, then a body whose end is told by its length, its chunks or the
/// end of the connection. It knows where things end, not what they mean. It takes what browsers and servers take: lines that
/// end without CR, junk between messages, chunk sizes with anything behind them.
/// </summary>
internal struct HttpMessageReader(bool isResponse)
{
    /// <summary>RFC 9112, 3 recommends 8,000 bytes at least; servers take up to 64 KiB.</summary>
    private const int MaxLineLength = 64 << 10;

    private HttpLineScanner _lines = new(isResponse);
    private Part _part;
    private Part _bodyPart;
    private long _left;

    private enum Part : byte
    {
        StartLine,
        Headers,

        /// <summary>A body that should not be there may or may not follow.</summary>
        MaybeBody,

        Body,
        UntilClose,

        /// <summary>A body that was not announced: all up to the next line that starts a request.</summary>
        Unannounced,

        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        End,

        /// <summary>Within something unknown: the next start line is looked for.</summary>
        Lost,
    }

    /// <summary>True once no more bytes can come: what is there must be enough.</summary>
    public bool IsFinal { get; set; }

    /// <summary>True if only the end of the connection ends the body.</summary>
    public readonly bool IsUntilClose => _part == Part.UntilClose;

    /// <summary>Moves on to the next step. <paramref name="piece"/> is the line without its end, or the bytes of the body.</summary>
    /// <returns>False if what comes can be no HTTP message.</returns>
    public bool TryStep(ref ReadOnlySpan<byte> data, out HttpStep step, out ReadOnlySpan<byte> piece)
    {
        while (true)
        {
            var (part, length) = (_part, data.Length);
            if (!TryMove(ref data, out step, out piece))
            {
                return false;
            }

            if (step != HttpStep.NeedMore || (part == _part && length == data.Length))
            {
                return true;
            }
        }
    }

    /// <summary>Says how the body is framed; to be called at <see cref="HttpStep.HeadersEnd"/> or <see cref="HttpStep.NoStatusLine"/>.</summary>
    public void SetBody(bool isChunked, long? length, bool mayRunUntilClose)
    {
        _left = isChunked ? 0 : length ?? 0;
        _part = isChunked ? Part.ChunkSize
            : length > 0 ? Part.Body
            : length is null && mayRunUntilClose ? Part.UntilClose : Part.End;
    }

    /// <summary>As <see cref="SetBody"/>, but there may be no body: another message may follow at once.</summary>
    public void SetDoubtfulBody(bool isChunked, long? length)
    {
        SetBody(isChunked, length, mayRunUntilClose: false);
        _bodyPart = _part;
        _part = _part == Part.End ? Part.End : Part.MaybeBody;
    }

    /// <summary>Says that the client may send a body without having said so.</summary>
    public void SetUnannouncedBody() => _part = Part.Unannounced;

    /// <summary>True if only the next request, or its response, ends the body.</summary>
    public readonly bool IsUnannounced => _part == Part.Unannounced;

    /// <summary>The next message starts here.</summary>
    public void Restart()
    {
        _lines.Reset();
        _part = Part.StartLine;
    }

    /// <summary>Where the next message starts has to be found.</summary>
    public void Lose()
    {
        _lines.Reset();
        _part = Part.Lost;
    }

    /// <summary>Passes over missing bytes.</summary>
    /// <returns>How many of them belong to the body; fewer than were missing if where the stream is now is unknown.</returns>
    public long Skip(long length)
    {
        _lines.Reset();
        switch (_part)
        {
            case Part.UntilClose or Part.Unannounced:
                return length;
            case Part.Body or Part.ChunkData:
                var skipped = Math.Min(length, _left);
                CountDown(skipped);
                return skipped;
            default:
                return 0;
        }
    }

    private bool TryMove(ref ReadOnlySpan<byte> data, out HttpStep step, out ReadOnlySpan<byte> piece)
    {
        piece = default;
        step = HttpStep.NeedMore;
        switch (_part)
        {
            case Part.StartLine:
                return TryStartLine(ref data, out step, out piece);
            case Part.Headers or Part.Trailers:
                return TryHeader(ref data, out step, out piece);
            case Part.Body or Part.ChunkData:
                StepCounted(ref data, out step, out piece);
                return true;
            case Part.UntilClose:
                step = data.IsEmpty ? HttpStep.NeedMore : HttpStep.Body;
                piece = data;
                data = default;
                return true;
            case Part.MaybeBody:
                return DecideBody(data);
            case Part.ChunkSize:
                return TryChunkSize(ref data);
            case Part.ChunkEnd:
                PassLine(ref data, Part.ChunkSize);
                return true;
            case Part.Unannounced:
                StepUnannounced(ref data, out step, out piece);
                return true;
            case Part.Lost:
                Search(ref data);
                return true;
            default:
                _part = Part.StartLine;
                step = HttpStep.MessageEnd;
                return true;
        }
    }

    private bool TryStartLine(ref ReadOnlySpan<byte> data, out HttpStep step, out ReadOnlySpan<byte> piece)
    {
        step = HttpStep.NeedMore;
        piece = default;
        if (_lines.IsAtStart)
        {
            // RFC 9112, 2.2: empty lines before a request are to be ignored.
            data = data.TrimStart(isResponse ? "\r\n \t\v\f\0"u8 : "\r\n \t\v\f"u8);
        }

        var answer = data.IsEmpty ? Probe.NeedMore : isResponse ? StartsWithHttp(data) : StartsWithToken(data);
        if (answer == Probe.NeedMore)
        {
            return true;
        }

        if (answer == Probe.No)
        {
            return isResponse ? TryStray(ref data, out step) : StartSearch();
        }

        if (!_lines.TryTakeStartLine(ref data, IsFinal, out piece))
        {
            return data.Length <= MaxLineLength;
        }

        step = HttpStep.StartLine;
        _part = Part.Headers;
        return true;
    }

    /// <summary>
    /// A line where a status line should be. Browsers pass over it if a status line follows; else they show it, and all that
    /// follows, as a body.
    /// </summary>
    private bool TryStray(ref ReadOnlySpan<byte> data, out HttpStep step)
    {
        const int MaxStrayLine = 1024;
        step = HttpStep.NeedMore;
        var end = _lines.FindLineFeed(data);
        if (end < 0 ? !IsFinal && data.Length < MaxStrayLine : !IsFinal && end + 1 == data.Length)
        {
            return true;
        }

        _lines.Reset();
        if (end >= 0 && end + 1 < data.Length && data[end + 1] is (byte)'H' or (byte)'h')
        {
            data = data[(end + 1)..];
        }
        else
        {
            step = HttpStep.NoStatusLine;
        }

        return true;
    }

    private bool StartSearch()
    {
        _part = Part.Lost;
        return true;
    }

    private bool TryHeader(ref ReadOnlySpan<byte> data, out HttpStep step, out ReadOnlySpan<byte> piece)
    {
        step = HttpStep.NeedMore;
        if (!_lines.TryTakeHeader(ref data, IsFinal, out piece))
        {
            return data.Length <= MaxLineLength;
        }

        var isTrailer = _part == Part.Trailers;
        if (piece.IsEmpty)
        {
            step = isTrailer ? HttpStep.NeedMore : HttpStep.HeadersEnd;
            _part = isTrailer ? Part.End : _part;
        }
        else if (!isTrailer)
        {
            step = HttpStep.Header;
        }

        return true;
    }

    private void StepCounted(ref ReadOnlySpan<byte> data, out HttpStep step, out ReadOnlySpan<byte> piece)
    {
        var length = (int)Math.Min(_left, data.Length);
        piece = data[..length];
        data = data[length..];
        step = length == 0 ? HttpStep.NeedMore : HttpStep.Body;
        CountDown(length);
    }

    private void CountDown(long length)
    {
        _left -= length;
        if (_left == 0)
        {
            _part = _part == Part.Body ? Part.End : Part.ChunkEnd;
        }
    }

    private void StepUnannounced(ref ReadOnlySpan<byte> data, out HttpStep step, out ReadOnlySpan<byte> piece)
    {
        step = HttpStep.NeedMore;
        piece = default;
        var answer = _lines.IsAtStart ? HttpMethods.Starts(data) : data.IsEmpty ? Probe.NeedMore : Probe.No;
        if (answer == Probe.Yes)
        {
            _part = Part.End;
        }
        else if (answer == Probe.No || (IsFinal && !data.IsEmpty))
        {
            var end = data.IndexOf((byte)'\n');
            piece = end < 0 ? data : data[..(end + 1)];
            data = data[piece.Length..];
            step = HttpStep.Body;
            SetWithinLine(end < 0);
        }
    }

    private void SetWithinLine(bool isWithin)
    {
        _lines.Reset();
        if (isWithin)
        {
            _lines.SetWithinLine();
        }
    }

    private bool DecideBody(ReadOnlySpan<byte> data)
    {
        var answer = StartsWithHttp(data);
        if (answer != Probe.NeedMore || IsFinal)
        {
            _part = answer == Probe.No ? _bodyPart : Part.End;
        }

        return true;
    }

    /// <summary>RFC 9112, 7.1: hexadecimal digits, then extensions. A server's body that is not chunked after all is taken as it is.</summary>
    private bool TryChunkSize(ref ReadOnlySpan<byte> data)
    {
        if (_lines.IsAtStart)
        {
            data = data.TrimStart("\r\n \t\v\f"u8);
        }

        if (data.IsEmpty)
        {
            return true;
        }

        if (!char.IsAsciiHexDigit((char)data[0]))
        {
            _part = Part.UntilClose;
            return isResponse;
        }

        var end = _lines.FindLineFeed(data);
        if (end < 0)
        {
            return data.Length <= MaxLineLength;
        }

        var isSound = HttpLineScanner.TryParseChunkSize(data[..end], out _left);
        if (isSound)
        {
            data = data[(end + 1)..];
        }

        _lines.Reset();
        _part = !isSound ? Part.UntilClose : _left == 0 ? Part.Trailers : Part.ChunkData;
        return isSound || isResponse;
    }

    private void PassLine(ref ReadOnlySpan<byte> data, Part next)
    {
        var end = data.IndexOf((byte)'\n');
        data = end < 0 ? default : data[(end + 1)..];
        _part = end < 0 ? _part : next;
    }

    /// <summary>Looks for a line that starts a message.</summary>
    private void Search(ref ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var answer = !_lines.IsAtStart ? Probe.No : isResponse ? StartsWithHttp(data) : HttpMethods.Starts(data);
            if (answer == Probe.NeedMore)
            {
                return;
            }

            if (answer == Probe.Yes)
            {
                _part = Part.StartLine;
                return;
            }

            var end = data.IndexOf((byte)'\n');
            SetWithinLine(end < 0);
            data = end < 0 ? default : data[(end + 1)..];
        }
    }

    private static Probe StartsWithHttp(ReadOnlySpan<byte> data)
    {
        var token = "HTTP"u8;
        var length = Math.Min(token.Length, data.Length);
        if (!System.Text.Ascii.EqualsIgnoreCase(data[..length], token[..length]))
        {
            return Probe.No;
        }

        return length == token.Length ? Probe.Yes : Probe.NeedMore;
    }

    /// <summary>RFC 9110, 5.6.2: a method is a token; a space ends it.</summary>
    private static Probe StartsWithToken(ReadOnlySpan<byte> data)
    {
        const int MaxMethod = 32;
        for (var i = 0; i < data.Length; i++)
        {
            if (data[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                return Probe.Yes;
            }

            if (i == MaxMethod || !(char.IsAsciiLetterOrDigit((char)data[i]) || "!#$%&'*+-.^_`|~"u8.Contains(data[i])))
            {
                return Probe.No;
            }
        }

        return Probe.NeedMore;
    }
}
