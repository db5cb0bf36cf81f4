namespace MediaSecurityLite.Inspection.Compression;

/// <summary>
/// Passes over the header of a gzip member, byte by byte (RFC 1952, 2.3):
/// <code>
/// | ID1 1f | ID2 8b | CM 8 | FLG | MTIME 4 | XFL | OS | (XLEN 2, extra) | (name, 0) | (comment, 0) | (CRC16 2) |
/// </code>
/// </summary>
internal struct GzipHeader
{
    private const int FixedLength = 10;
    private const byte Deflate = 8;
    private const byte HasCrc = 0x02;
    private const byte HasExtra = 0x04;
    private const byte HasName = 0x08;
    private const byte HasComment = 0x10;

    private int _position;
    private byte _flags;
    private Field _field;
    private int _left;

    private enum Field : byte
    {
        Fixed,
        ExtraLengthLow,
        ExtraLengthHigh,
        Extra,
        Name,
        Comment,
        Crc,
        End,
    }

    /// <summary>The whole header was seen.</summary>
    public readonly bool IsOver => _field == Field.End;

    /// <summary>Takes the next byte.</summary>
    /// <returns>False if this is no gzip header.</returns>
    public bool TryTake(byte value)
    {
        switch (_field)
        {
            case Field.Fixed:
                return TryTakeFixed(value);
            case Field.ExtraLengthLow:
                _left = value;
                _field = Field.ExtraLengthHigh;
                break;
            case Field.ExtraLengthHigh:
                _left |= value << 8;
                _field = _left > 0 ? Field.Extra : After(Field.Extra);
                break;
            case Field.Extra or Field.Crc:
                _field = --_left > 0 ? _field : After(_field);
                break;
            case Field.Name or Field.Comment:
                _field = value != 0 ? _field : After(_field);
                break;
        }

        return true;
    }

    private bool TryTakeFixed(byte value)
    {
        var isSound = _position switch
        {
            0 => value == 0x1F,
            1 => value == 0x8B,
            2 => value == Deflate,
            _ => true,
        };
        _flags = _position == 3 ? value : _flags;
        if (++_position == FixedLength)
        {
            _field = After(Field.Fixed);
        }

        return isSound;
    }

    private Field After(Field field)
    {
        if (field < Field.ExtraLengthLow && (_flags & HasExtra) != 0)
        {
            return Field.ExtraLengthLow;
        }

        if (field < Field.Name && (_flags & HasName) != 0)
        {
            return Field.Name;
        }

        if (field < Field.Comment && (_flags & HasComment) != 0)
        {
            return Field.Comment;
        }

        if (field < Field.Crc && (_flags & HasCrc) != 0)
        {
            _left = 2;
            return Field.Crc;
        }

        return Field.End;
    }
}
