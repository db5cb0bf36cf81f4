namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>What the file in a body is called.</summary>
internal static class HttpFileName
{
    /// <summary>The name in a Content-Disposition header (RFC 6266, 4.3; RFC 7578, 4.2).</summary>
    /// <returns>False if it gives none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> disposition, KeptField name)
    {
        name.Clear();
        if (TryFindParameter(disposition, "filename"u8, out var value))
        {
            name.Set(value);
            return true;
        }

        if (!TryFindParameter(disposition, "filename*"u8, out value))
        {
            return false;
        }

        // RFC 8187, 3.2: charset'language'percent-encoded
        var quote = value.LastIndexOf((byte)'\'');
        Decode(value[(quote + 1)..], name);
        return true;
    }

    /// <summary>The path of a request target.</summary>
    public static void FromTarget(ReadOnlySpan<byte> target, KeptField name)
    {
        var scheme = target.IndexOf("://"u8);
        if (scheme is > 0 and < 8)
        {
            var path = target[(scheme + 3)..].IndexOf((byte)'/');
            target = path < 0 ? default : target[(scheme + 3 + path)..];
        }

        var end = target.IndexOfAny((byte)'?', (byte)'#');
        Decode(end < 0 ? target : target[..end], name);
    }

    /// <summary>A parameter of a header value, with its quotes taken off (RFC 9110, 5.6.6).</summary>
    public static bool TryFindParameter(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var start = header.IndexOf((byte)';');
        while (start >= 0)
        {
            header = header[(start + 1)..].TrimStart(" \t"u8);
            start = EndOfParameter(header);
            var parameter = start < 0 ? header : header[..start];
            var equals = parameter.IndexOf((byte)'=');
            if (equals > 0 && System.Text.Ascii.EqualsIgnoreCase(parameter[..equals].TrimEnd(" \t"u8), name))
            {
                value = Unquote(parameter[(equals + 1)..].Trim(" \t"u8));
                return true;
            }
        }

        return false;
    }

    private static int EndOfParameter(ReadOnlySpan<byte> header)
    {
        var isQuoted = false;
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (header[i] == ';' && !isQuoted)
            {
                return i;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[0] != '"')
        {
            return value;
        }

        var end = value[1..].IndexOf((byte)'"');
        return end < 0 ? value[1..] : value.Slice(1, end);
    }

    private static void Decode(ReadOnlySpan<byte> text, KeptField name)
    {
        name.Clear();
        while (!text.IsEmpty)
        {
            var percent = text.IndexOf((byte)'%');
            name.Append(percent < 0 ? text : text[..percent]);
            text = percent < 0 ? default : text[percent..];
            if (text.IsEmpty)
            {
                break;
            }

            var isEncoded = text.Length > 2 && char.IsAsciiHexDigit((char)text[1]) && char.IsAsciiHexDigit((char)text[2]);
            name.Append(isEncoded ? [(byte)((Digit(text[1]) << 4) | Digit(text[2]))] : text[..1]);
            text = text[(isEncoded ? 3 : 1)..];
        }
    }

    private static int Digit(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
