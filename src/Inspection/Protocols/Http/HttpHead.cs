namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>What the headers of one message say about its body.</summary>
internal sealed class HttpHead
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
                IsChunked |= Contains(header.Value, "chunked"u8);
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

    /// <summary>The first number there is; servers and browsers look past what stands around it.</summary>
    private static long? ParseLength(ReadOnlySpan<byte> value)
    {
        const long Max = long.MaxValue / 16;
        var start = value.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
        {
            return null;
        }

        long length = 0;
        foreach (var c in value[start..])
        {
            if (c is < (byte)'0' or > (byte)'9' || length > Max)
            {
                break;
            }

            length = (length * 10) + (c - '0');
        }

        return length;
    }

    private static bool Contains(ReadOnlySpan<byte> value, ReadOnlySpan<byte> token)
    {
        for (var i = 0; i + token.Length <= value.Length; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(value.Slice(i, token.Length), token))
            {
                return true;
            }
        }

        return false;
    }
}
