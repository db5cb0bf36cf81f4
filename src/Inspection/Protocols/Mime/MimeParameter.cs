using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>
/// Parameters behind the value of a header (RFC 2045, 5.1): <c>name=value</c>, quoted or not, and the continued and encoded
/// forms of RFC 2231: <c>name*0=</c>, <c>name*=charset'language'…</c>, <c>name*0*=</c>.
/// </summary>
internal static class MimeParameter
{
    /// <summary>Continued parameters are put together from at most this many pieces.</summary>
    private const int MaxPieces = 32;

    /// <summary>Finds a parameter and writes its value as UTF-8.</summary>
    /// <returns>False if it is not there.</returns>
    public static bool TryFind(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, Span<byte> destination, out int length)
    {
        length = 0;
        Span<byte> charset = stackalloc byte[32];
        var charsetLength = 0;
        var pieces = 0;
        while (pieces < MaxPieces && TryFindPiece(header, name, pieces, out var piece, out var isEncoded, out var isWhole))
        {
            if (isEncoded && pieces == 0)
            {
                piece = TakeCharset(piece, charset, out charsetLength);
            }

            length += isEncoded ? DecodePercent(piece, destination[length..]) : Unquote(piece, destination[length..]);
            pieces++;
            if (isWhole)
            {
                break;
            }
        }

        if (charsetLength > 0)
        {
            length = Convert(charset[..charsetLength], destination, length);
        }
        else if (pieces > 0)
        {
            length = DecodeWords(destination, length);
        }

        return pieces > 0;
    }

    /// <summary>The parameter itself, or its piece of this number.</summary>
    private static bool TryFindPiece(
        ReadOnlySpan<byte> header, ReadOnlySpan<byte> name, int number, out ReadOnlySpan<byte> value, out bool isEncoded, out bool isWhole)
    {
        value = default;
        isEncoded = isWhole = false;
        var rest = header;
        while (TryTakeNext(ref rest, out var key, out var found))
        {
            if (key.Length < name.Length || !Ascii.EqualsIgnoreCase(key[..name.Length], name))
            {
                continue;
            }

            var suffix = key[name.Length..];
            var isPiece = suffix.Length > 1 && suffix[0] == '*' && IsNumber(suffix[1..].TrimEnd((byte)'*'), number);
            isWhole = suffix.IsEmpty || suffix.SequenceEqual("*"u8);
            if (isPiece || (isWhole && number == 0))
            {
                value = found;
                isEncoded = !suffix.IsEmpty && suffix[^1] == '*';
                return true;
            }
        }

        return false;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, int number) =>
        System.Buffers.Text.Utf8Parser.TryParse(text, out int value, out var length) && length == text.Length && value == number;

    /// <summary>The next <c>; name = value</c>; a quoted value with its quotes.</summary>
    private static bool TryTakeNext(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = value = default;
        var start = IndexOutsideQuotes(rest, (byte)';');
        if (start < 0)
        {
            return false;
        }

        rest = rest[(start + 1)..];
        var end = IndexOutsideQuotes(rest, (byte)';');
        var parameter = end < 0 ? rest : rest[..end];
        var equals = parameter.IndexOf((byte)'=');
        if (equals >= 0)
        {
            key = parameter[..equals].Trim(" \t\r\n"u8);
            value = parameter[(equals + 1)..].Trim(" \t\r\n"u8);
        }

        return true;
    }

    private static int IndexOutsideQuotes(ReadOnlySpan<byte> text, byte wanted)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && isQuoted)
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == wanted && !isQuoted)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Unquote(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var isQuoted = value.Length > 0 && value[0] == '"';
        var written = 0;
        for (var i = isQuoted ? 1 : 0; i < value.Length && written < destination.Length; i++)
        {
            if (isQuoted && value[i] == '"')
            {
                break;
            }

            if (isQuoted && value[i] == '\\' && i + 1 < value.Length && value[i + 1] is (byte)'"' or (byte)'\\')
            {
                i++;
            }

            destination[written++] = value[i];
        }

        return written;
    }

    /// <summary>RFC 2231, section 4: <c>charset'language'text</c>.</summary>
    private static ReadOnlySpan<byte> TakeCharset(ReadOnlySpan<byte> value, scoped Span<byte> charset, out int length)
    {
        length = 0;
        value = value.Trim((byte)'"');
        var first = value.IndexOf((byte)'\'');
        var second = first < 0 ? -1 : value[(first + 1)..].IndexOf((byte)'\'');
        if (second < 0)
        {
            return value;
        }

        length = Math.Min(first, charset.Length);
        value[..length].CopyTo(charset);
        return value[(first + second + 2)..];
    }

    private static int DecodePercent(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        value = value.Trim((byte)'"');
        var written = 0;
        for (var i = 0; i < value.Length && written < destination.Length; i++)
        {
            var isCode = value[i] == '%' && i + 2 < value.Length && Hex.Value(value[i + 1]) >= 0 && Hex.Value(value[i + 2]) >= 0;
            destination[written++] = isCode ? (byte)((Hex.Value(value[i + 1]) << 4) | Hex.Value(value[i + 2])) : value[i];
            i += isCode ? 2 : 0;
        }

        return written;
    }

    private static int Convert(ReadOnlySpan<byte> charset, Span<byte> text, int length)
    {
        Span<byte> copy = stackalloc byte[1024];
        length = Math.Min(length, copy.Length);
        text[..length].CopyTo(copy);
        return Charset.ToUtf8(charset, copy[..length], text);
    }

    /// <summary>RFC 2047, section 5 forbids encoded words here; many senders use them all the same.</summary>
    private static int DecodeWords(Span<byte> text, int length)
    {
        if (text[..length].IndexOf("=?"u8) < 0)
        {
            return length;
        }

        Span<byte> copy = stackalloc byte[1024];
        length = Math.Min(length, copy.Length);
        text[..length].CopyTo(copy);
        return EncodedWord.Decode(copy[..length], text);
    }
}
