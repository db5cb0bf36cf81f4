namespace MediaSecurityLite.Inspection.Protocols.Text;

/// <summary>
/// Text that ends with a line of one dot, in which a dot at the start of other lines is doubled (RFC 5321, 4.5.2; RFC 1939,
/// section 3). Gives the text in pieces as large as the stream allows.
/// </summary>
internal struct DotStuffedText
{
    private bool _isInLine;

    /// <summary>Takes the next piece of the text, dots removed.</summary>
    /// <returns>False if there is none: at the end of the text, or until more bytes come.</returns>
    public bool TryTake(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> piece, out bool isEnd)
    {
        piece = default;
        isEnd = false;
        if (data.IsEmpty)
        {
            return false;
        }

        var start = 0;
        if (!_isInLine && data[0] == '.')
        {
            if (data.Length == 1 || (data.Length == 2 && data[1] == '\r'))
            {
                return false;
            }

            var endLength = data[1] == '\n' ? 2 : data[1] == '\r' && data[2] == '\n' ? 3 : 0;
            if (endLength > 0)
            {
                data = data[endLength..];
                isEnd = true;
                return false;
            }

            start = 1;
        }

        var next = data[start..].IndexOf("\n."u8);
        var end = next < 0 ? data.Length : start + next + 1;
        piece = data[start..end];
        data = data[end..];
        _isInLine = piece[^1] != '\n';
        return true;
    }

    /// <summary>Bytes are missing: what comes next is the rest of some line.</summary>
    public void Skip() => _isInLine = true;

    public void Reset() => _isInLine = false;
}
