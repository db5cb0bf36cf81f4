namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>Quoted-printable text line by line (RFC 2045, 6.7); a line too long to be held may come in parts.</summary>
internal struct QuotedPrintableDecoder
{
    private byte _first;
    private int _held;

    /// <summary>Decodes a line or a part of one.</summary>
    /// <param name="text">Its text without the line's end.</param>
    /// <param name="isEnd">The line ends here.</param>
    /// <param name="destination">As long as the text and two bytes more.</param>
    /// <param name="isSoftBreak">The line's end is no part of the text.</param>
    /// <returns>Bytes written.</returns>
    public int Decode(ReadOnlySpan<byte> text, bool isEnd, Span<byte> destination, out bool isSoftBreak)
    {
        if (isEnd)
        {
            text = text.TrimEnd(" \t"u8);
        }

        var written = 0;
        foreach (var character in text)
        {
            written += _held == 0 ? Take(character, destination[written..]) : Continue(character, destination[written..]);
        }

        isSoftBreak = isEnd && _held == 1;
        if (isEnd && _held == 2)
        {
            destination[written++] = (byte)'=';
            destination[written++] = _first;
        }

        _held = isEnd ? 0 : _held;
        return written;
    }

    private int Take(byte character, Span<byte> destination)
    {
        if (character == '=')
        {
            _held = 1;
            return 0;
        }

        destination[0] = character;
        return 1;
    }

    /// <summary>Behind "=": two digits, or what is no code and stays as it is.</summary>
    private int Continue(byte character, Span<byte> destination)
    {
        if (_held == 1 && Hex.Value(character) >= 0)
        {
            _first = character;
            _held = 2;
            return 0;
        }

        if (_held == 2 && Hex.Value(character) >= 0)
        {
            destination[0] = (byte)((Hex.Value(_first) << 4) | Hex.Value(character));
            _held = 0;
            return 1;
        }

        var written = 0;
        destination[written++] = (byte)'=';
        if (_held == 2)
        {
            destination[written++] = _first;
        }

        _held = 0;
        return written + Take(character, destination[written..]);
    }
}
