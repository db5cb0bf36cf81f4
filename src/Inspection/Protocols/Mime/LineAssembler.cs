namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>A line of text, or a part of one that is too long to be held.</summary>
internal readonly ref struct TextLine(ReadOnlySpan<byte> text, bool isStart, int endLength)
{
    /// <summary>Without the line's end.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The line starts here.</summary>
    public bool IsStart { get; } = isStart;

    /// <summary>Bytes of the line's end: 2 for CR LF, 1 for LF, 0 if the line goes on.</summary>
    public int EndLength { get; } = endLength;

    public bool IsEnd => EndLength > 0;
}

/// <summary>
/// Makes lines of text that comes in pieces. Lines that lie in one piece are given in place; longer ones than
/// <see cref="MaxLength"/> in parts of that length, wherever the pieces were cut.
/// </summary>
internal sealed class LineAssembler
{
    /// <summary>RFC 5322, 2.1.1 allows 998 characters.</summary>
    public const int MaxLength = 4096;

    private byte[] _held = [];
    private int _heldLength;
    private int _given;
    private bool _isInLine;

    /// <summary>Takes the next line from a piece, or all of the piece if its line goes on.</summary>
    public bool TryTake(ref ReadOnlySpan<byte> piece, out TextLine line)
    {
        DropGiven();
        var room = MaxLength - _heldLength;
        var part = piece[..Math.Min(piece.Length, room)];
        var end = part.IndexOf((byte)'\n');
        var length = end < 0 ? part.Length : end + 1;
        if (end < 0 && length < room)
        {
            Hold(part);
            piece = default;
            line = default;
            return false;
        }

        ReadOnlySpan<byte> text;
        if (_heldLength == 0)
        {
            text = part[..length];
        }
        else
        {
            Hold(part[..length]);
            text = _held.AsSpan(0, _heldLength);
        }

        piece = piece[length..];
        line = Cut(text);
        return true;
    }

    /// <summary>The text is over: gives what is held as its last line.</summary>
    public bool TryTakeLast(out TextLine line)
    {
        DropGiven();
        line = new TextLine(_held.AsSpan(0, _heldLength), !_isInLine, 0);
        var isLine = _heldLength > 0;
        Clear();
        return isLine;
    }

    /// <summary>Bytes are missing: what comes next is the rest of some line.</summary>
    public void Skip()
    {
        Clear();
        _isInLine = true;
    }

    public void Clear()
    {
        _heldLength = _given = 0;
        _isInLine = false;
    }

    private TextLine Cut(ReadOnlySpan<byte> text)
    {
        var isStart = !_isInLine;
        var endLength = text[^1] != '\n' ? 0 : text.Length > 1 && text[^2] == '\r' ? 2 : 1;
        _isInLine = endLength == 0;
        _given = _heldLength;
        if (_isInLine && text[^1] == '\r')
        {
            // The line's end may be cut here: its first half waits for the second.
            text = text[..^1];
            if (_heldLength == 0)
            {
                Hold("\r"u8);
            }
            else
            {
                _given--;
            }
        }

        return new TextLine(text[..^endLength], isStart, endLength);
    }

    /// <summary>What was given last stood in the buffer until now.</summary>
    private void DropGiven()
    {
        if (_given > 0)
        {
            _held.AsSpan(_given, _heldLength - _given).CopyTo(_held);
            _heldLength -= _given;
            _given = 0;
        }
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_heldLength + bytes.Length > _held.Length)
        {
            Array.Resize(ref _held, Math.Min(MaxLength, Math.Max(256, (_heldLength + bytes.Length) * 2)));
        }

        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
    }
}
