namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>A cursor over DER (X.690, clause 10): <c>| tag 1 | length 1..5 | content |</c>. Reads in place, one level at a time.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> data)
{
    public const byte Integer = 0x02;
    public const byte ObjectIdentifier = 0x06;
    public const byte Utf8String = 0x0C;
    public const byte NumericString = 0x12;
    public const byte PrintableString = 0x13;
    public const byte TeletexString = 0x14;
    public const byte Ia5String = 0x16;
    public const byte UtcTime = 0x17;
    public const byte GeneralizedTime = 0x18;
    public const byte VisibleString = 0x1A;
    public const byte BmpString = 0x1E;
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;

    private ReadOnlySpan<byte> _rest = data;

    /// <summary>Reads the next element. False at the end, and where the bytes are no DER.</summary>
    public bool TryRead(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (_rest.Length < 2)
        {
            return false;
        }

        const int LongForm = 0x80;
        var header = 2;
        long length = _rest[1];
        if (length >= LongForm)
        {
            var digits = (int)length & 0x7F;
            if (digits is 0 or > 4 || _rest.Length < header + digits)
            {
                return false;
            }

            length = 0;
            foreach (var digit in _rest.Slice(header, digits))
            {
                length = (length << 8) | digit;
            }

            header += digits;
        }

        if (length > _rest.Length - header)
        {
            return false;
        }

        tag = _rest[0];
        content = _rest.Slice(header, (int)length);
        _rest = _rest[(header + (int)length)..];
        return true;
    }

    /// <summary>Reads the next element if it has the tag expected.</summary>
    public bool TryRead(byte expected, out ReadOnlySpan<byte> content)
    {
        var before = _rest;
        if (TryRead(out var tag, out content) && tag == expected)
        {
            return true;
        }

        _rest = before;
        content = default;
        return false;
    }
}
