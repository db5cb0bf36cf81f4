namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>What the headers of one message say about its body.</summary>
internal sealed class HttpHead(bool isResponse)
{
    private bool _isLengthKnown;

    /// <summary>RFC 9112, 7.1.</summary>
    public bool IsChunked { get; private set; }

    /// <summary>Content-Length; the first one counts, null where none has digits.</summary>
    public long? Length { get; private set; }

    /// <summary>Something was said about the body's length.</summary>
    public bool HasLength => _isLengthKnown || IsChunked;

    public KeptField ContentEncoding { get; } = new(128);

    /// <summary>Of the message this head belongs to, with its parameters.</summary>
    public KeptField ContentType { get; } = new(512);

    public KeptField Disposition { get; } = new(1024);

    public KeptField Upgrade { get; } = new(64);

    public void Read(in HttpHeaderLine header)
    {
        switch (header.Name.Length)
        {
            case 7 when header.Is("upgrade"u8):
                Upgrade.Set(header.Value);
                break;
            case 12 when header.Is("content-type"u8):
                ContentType.Set(header.Value);
                break;
            case 14 when header.Is("content-length"u8) && !_isLengthKnown:
                _isLengthKnown = true;
                Length = ParseLength(header.Value);
                break;
            case 16 when header.Is("content-encoding"u8):
                ContentEncoding.Append(ContentEncoding.Length > 0 ? ","u8 : default);
                ContentEncoding.Append(header.Value);
                break;
            case 17 when header.Is("transfer-encoding"u8):
                IsChunked |= Names(header.Value, "chunked"u8);
                break;
            case 19 when header.Is("content-disposition"u8):
                Disposition.Set(header.Value);
                break;
        }
    }

    public void Reset()
    {
        _isLengthKnown = IsChunked = false;
        Length = null;
        ContentEncoding.Clear();
        ContentType.Clear();
        Disposition.Clear();
        Upgrade.Clear();
    }

    /// <summary>
    /// RFC 9112, 6.3: digits, or a list of the same digits. Where a server sends anything else browsers read until the connection
    /// closes, while servers take the first number that a client sends; none takes a negative one.
    /// </summary>
    private long? ParseLength(ReadOnlySpan<byte> value)
    {
        const long Max = long.MaxValue / 16;
        var start = value.IndexOfAnyInRange((byte)'0', (byte)'9');
        var end = start < 0 ? -1 : start + EndOfDigits(value[start..]);
        var isStrict = start == 0 && (end == value.Length || IsSameList(value[..end], value[end..]));
        if (start < 0 || (start > 0 && value[start - 1] == '-') || (isResponse && !isStrict))
        {
            return null;
        }

        long length = 0;
        foreach (var c in value[start..end])
        {
            length = length > Max ? length : (length * 10) + (c - '0');
        }

        return length;
    }

    private static int EndOfDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static bool IsSameList(ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            rest = rest.TrimStart(" \t"u8);
            if (rest.IsEmpty || rest[0] != ',')
            {
                return rest.IsEmpty;
            }

            rest = rest[1..].TrimStart(" \t"u8);
            var end = EndOfDigits(rest);
            if (!rest[..end].SequenceEqual(first))
            {
                return false;
            }

            rest = rest[end..];
        }

        return true;
    }

    /// <summary>Is the coding named somewhere in the value? Browsers pass over zeros in it.</summary>
    private static bool Names(ReadOnlySpan<byte> value, ReadOnlySpan<byte> token)
    {
        var matched = 0;
        foreach (var c in value)
        {
            if (c == 0)
            {
                continue;
            }

            var lower = (byte)(c is >= (byte)'A' and <= (byte)'Z' ? c | 0x20 : c);
            matched = lower == token[matched] ? matched + 1 : lower == token[0] ? 1 : 0;
            if (matched == token.Length)
            {
                return true;
            }
        }

        return false;
    }
}
