namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>
/// Finds where lines end, and remembers up to where it has looked, so that a line that comes byte by byte is still looked at
/// once. In responses a CR alone ends a line too, as browsers have it.
/// </summary>
internal struct HttpLineScanner(bool isResponse)
{
    private int _scanned;

    /// <summary>Nothing of the current line was looked at.</summary>
    public readonly bool IsAtStart => _scanned == 0;

    /// <summary>A new line starts at the next byte.</summary>
    public void Reset() => _scanned = 0;

    /// <summary>The next byte lies within a line.</summary>
    public void SetWithinLine() => _scanned = 1;

    /// <summary>Where the next LF is; negative if there is none yet.</summary>
    public int FindLineFeed(ReadOnlySpan<byte> data)
    {
        var from = Math.Min(_scanned, data.Length);
        var end = data[from..].IndexOf((byte)'\n');
        _scanned = end < 0 ? data.Length : from + end;
        return end < 0 ? end : end + from;
    }

    /// <summary>Takes a line that no other can continue.</summary>
    /// <remarks><paramref name="isFinal"/>: No more bytes will come: what is there makes a line.</remarks>
    public bool TryTakeStartLine(ref ReadOnlySpan<byte> data, bool isFinal, out ReadOnlySpan<byte> line)
    {
        var isWhole = TryFindEnd(data, _scanned, isFinal, out var end, out var next);
        _scanned = isWhole ? 0 : end;
        line = isWhole ? data[..end] : default;
        data = isWhole ? data[next..] : data;
        return isWhole;
    }

    /// <summary>
    /// Takes a header line with the lines that continue it (RFC 9112, 5.2): those that start with a space, tab or zero. To know that
    /// none does, the byte behind the line's end must be there. An empty line ends the headers.
    /// </summary>
    public bool TryTakeHeader(ref ReadOnlySpan<byte> data, bool isFinal, out ReadOnlySpan<byte> line)
    {
        line = default;
        var isWhole = TryFindEnd(data, _scanned, isFinal, out var end, out var next);
        while (isWhole && end > 0)
        {
            var mayContinue = next < data.Length ? data[next] is (byte)' ' or (byte)'\t' or 0 : !isFinal;
            if (!mayContinue)
            {
                break;
            }

            if (next == data.Length)
            {
                _scanned = end;
                return false;
            }

            isWhole = TryFindEnd(data, next, isFinal, out end, out next);
        }

        _scanned = isWhole ? 0 : end;
        line = isWhole ? data[..end] : default;
        data = isWhole ? data[next..] : data;
        return isWhole;
    }

    /// <summary>RFC 9112, 7.1: hexadecimal digits; whatever follows them is passed over.</summary>
    public static bool TryParseChunkSize(ReadOnlySpan<byte> line, out long size)
    {
        size = 0;
        foreach (var c in line)
        {
            if (!char.IsAsciiHexDigit((char)c))
            {
                break;
            }

            size = (size << 4) | (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
            if (size > int.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds the end of a line and the start of the next.</summary>
    /// <remarks><paramref name="end"/>: Where the line ends; where it does not yet, from where to look next time.</remarks>
    private readonly bool TryFindEnd(ReadOnlySpan<byte> data, int from, bool isFinal, out int end, out int next)
    {
        end = Math.Min(from, data.Length);
        while (end < data.Length)
        {
            var found = isResponse ? data[end..].IndexOfAny((byte)'\n', (byte)'\r') : data[end..].IndexOf((byte)'\n');
            end = found < 0 ? data.Length : end + found;
            if (found < 0 || (end + 1 == data.Length && data[end] == '\r'))
            {
                break;
            }

            next = end + 1;
            if (data[end] == '\n')
            {
                end -= end > 0 && data[end - 1] == '\r' ? 1 : 0;
                return true;
            }

            if (end > 0 && data[next] is not ((byte)'\n' or (byte)'\r'))
            {
                return true;
            }

            end++;
        }

        next = data.Length;
        end = isFinal ? data.Length : end;
        return isFinal;
    }
}
