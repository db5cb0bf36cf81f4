namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>The facts of an X.509 certificate that identify it (RFC 5280, 4.1). All spans point into its bytes.</summary>
internal readonly ref struct Certificate
{
    /// <summary>Length of a time as <see cref="TryFormatTime"/> writes it.</summary>
    public const int TimeLength = 19;

    private const byte ExplicitVersion = 0xA0;

    /// <summary>Big-endian, as sent.</summary>
    public ReadOnlySpan<byte> SerialNumber { get; private init; }

    /// <summary>A Name; see <see cref="DistinguishedName"/>.</summary>
    public ReadOnlySpan<byte> Issuer { get; private init; }

    /// <summary>A Name; see <see cref="DistinguishedName"/>.</summary>
    public ReadOnlySpan<byte> Subject { get; private init; }

    /// <summary>Two times.</summary>
    private ReadOnlySpan<byte> Validity { get; init; }

    /// <summary>Reads a certificate in DER.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, out Certificate certificate)
    {
        certificate = default;
        var outer = new DerReader(der);
        if (!outer.TryRead(DerReader.Sequence, out var signed)
            || new DerReader(signed) is var inner && !inner.TryRead(DerReader.Sequence, out signed))
        {
            return false;
        }

        var fields = new DerReader(signed);
        fields.TryRead(ExplicitVersion, out _);
        if (!fields.TryRead(DerReader.Integer, out var serial)
            || !fields.TryRead(DerReader.Sequence, out _)
            || !fields.TryRead(DerReader.Sequence, out var issuer)
            || !fields.TryRead(DerReader.Sequence, out var validity)
            || !fields.TryRead(DerReader.Sequence, out var subject))
        {
            return false;
        }

        certificate = new Certificate { SerialNumber = serial, Issuer = issuer, Validity = validity, Subject = subject };
        return true;
    }

    /// <summary>Writes both ends of the validity as <c>yyyy-MM-ddTHH:mm:ss</c>, in UTC.</summary>
    public bool TryFormatValidity(Span<byte> notBefore, Span<byte> notAfter)
    {
        var reader = new DerReader(Validity);
        return reader.TryRead(out var tag, out var time)
            && TryFormatTime(tag, time, notBefore)
            && reader.TryRead(out tag, out time)
            && TryFormatTime(tag, time, notAfter);
    }

    /// <summary>RFC 5280, 4.1.2.5: a UTCTime has two digits of the year, 1950 to 2049; a GeneralizedTime has four.</summary>
    private static bool TryFormatTime(byte tag, ReadOnlySpan<byte> time, Span<byte> destination)
    {
        const int DigitsAfterYear = 10;
        var yearDigits = tag == DerReader.UtcTime ? 2 : 4;
        if (tag is not (DerReader.UtcTime or DerReader.GeneralizedTime)
            || time.Length < yearDigits + DigitsAfterYear
            || time[..(yearDigits + DigitsAfterYear)].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        if (yearDigits == 2)
        {
            (time[0] < '5' ? "20"u8 : "19"u8).CopyTo(destination);
            time[..2].CopyTo(destination[2..]);
        }
        else
        {
            time[..4].CopyTo(destination);
        }

        var separators = "--T::"u8;
        for (var i = 0; i < separators.Length; i++)
        {
            var at = 4 + (3 * i);
            destination[at] = separators[i];
            time.Slice(yearDigits + (2 * i), 2).CopyTo(destination[(at + 1)..]);
        }

        return true;
    }
}
