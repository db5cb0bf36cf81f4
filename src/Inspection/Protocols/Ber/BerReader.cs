namespace MediaSecurityLite.Inspection.Protocols.Ber;

/// <summary>A cursor over BER (ITU-T X.690, 8.1): tag, length, value. Definite lengths and one-byte tags only; nothing read here uses others.</summary>
internal ref struct BerReader(ReadOnlySpan<byte> data)
{
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte ObjectIdentifier = 0x06;
    public const byte Enumerated = 0x0A;
    public const byte Sequence = 0x30;

    private ReadOnlySpan<byte> _rest = data;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>The tag that comes next; 0 at the end.</summary>
    public readonly byte Tag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Reads tag and length alone, for elements that are not complete yet.</summary>
    /// <param name="data">Starts at the tag.</param>
    /// <param name="header">Bytes of tag and length; 0 if they are cut.</param>
    /// <param name="length">Bytes of the value.</param>
    /// <returns>False if they are impossible.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> data, out int header, out int length)
    {
        header = length = 0;
        if (data.Length < 2)
        {
            return true;
        }

        var first = data[1];
        if (first < 0x80)
        {
            (header, length) = (2, first);
            return true;
        }

        // Long form: the low bits count the bytes of length. Four are more than any message here has.
        var count = first & 0x7F;
        if (count is 0 or > 4)
        {
            return false;
        }

        if (data.Length < 2 + count)
        {
            return true;
        }

        long value = 0;
        foreach (var b in data.Slice(2, count))
        {
            value = (value << 8) | b;
        }

        (header, length) = (2 + count, (int)Math.Min(value, int.MaxValue));
        return value <= int.MaxValue;
    }

    /// <summary>Takes the next element, whatever it is.</summary>
    public bool TryRead(out byte tag, out ReadOnlySpan<byte> value)
    {
        tag = Tag;
        value = default;
        if (!TryReadHeader(_rest, out var header, out var length) || header == 0 || length > _rest.Length - header)
        {
            return false;
        }

        value = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return true;
    }

    /// <summary>Takes the next element if it has this tag.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> value)
    {
        value = default;
        return Tag == tag && TryRead(out _, out value);
    }

    /// <summary>Takes the next element if it has this tag, and enters it.</summary>
    public bool TryEnter(byte tag, out BerReader inner)
    {
        var isThere = TryRead(tag, out var value);
        inner = new BerReader(value);
        return isThere;
    }

    /// <summary>Takes an integer of at most four bytes.</summary>
    public bool TryReadInteger(out int value, byte tag = Integer)
    {
        value = 0;
        if (!TryRead(tag, out var bytes) || bytes.Length is 0 or > 4)
        {
            return false;
        }

        value = (sbyte)bytes[0];
        foreach (var b in bytes[1..])
        {
            value = (value << 8) | b;
        }

        return true;
    }
}
