using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>Writes a Name (RFC 5280, 4.1.2.4) as text: <c>C=JP, O=Example, CN=www.example.jp</c>, in the order of the certificate.</summary>
internal ref struct DistinguishedName(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private int _length;

    /// <summary>Attribute types of X.520 that go by a short name: 2.5.4.n.</summary>
    private static ReadOnlySpan<byte> X520 => [0x55, 0x04];

    private static ReadOnlySpan<byte> Email => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x01];

    /// <summary>RFC 4519: 0.9.2342.19200300.100.1.n.</summary>
    private static ReadOnlySpan<byte> Pilot => [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01];

    /// <summary>Jurisdiction of extended validation: 1.3.6.1.4.1.311.60.2.1.n.</summary>
    private static ReadOnlySpan<byte> Jurisdiction => [0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x3C, 0x02, 0x01];

    /// <summary>Writes a name; what does not fit is cut.</summary>
    /// <returns>Bytes written.</returns>
    public static int Format(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        var writer = new DistinguishedName(destination);
        var sets = new DerReader(name);
        while (sets.TryRead(DerReader.Set, out var set))
        {
            var attributes = new DerReader(set);
            var isFirstInSet = true;
            while (attributes.TryRead(DerReader.Sequence, out var attribute))
            {
                writer.Attribute(attribute, isFirstInSet);
                isFirstInSet = false;
            }
        }

        return writer._length;
    }

    private void Attribute(ReadOnlySpan<byte> attribute, bool isFirstInSet)
    {
        var reader = new DerReader(attribute);
        if (!reader.TryRead(DerReader.ObjectIdentifier, out var type) || !reader.TryRead(out var tag, out var value))
        {
            return;
        }

        if (_length > 0)
        {
            Append(isFirstInSet ? ", "u8 : " + "u8);
        }

        var name = NameOf(type);
        if (name.IsEmpty)
        {
            Dotted(type);
        }
        else
        {
            Append(name);
        }

        Append("="u8);
        Value(tag, value);
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual(Email))
        {
            return "Email"u8;
        }

        var last = type.IsEmpty ? (byte)0 : type[^1];
        var parent = type.IsEmpty ? default : type[..^1];
        return parent.SequenceEqual(X520) ? X520Name(last)
            : parent.SequenceEqual(Pilot) ? last switch { 1 => "UID"u8, 25 => "DC"u8, _ => default }
            : parent.SequenceEqual(Jurisdiction) ? last switch
            {
                1 => "msJurisdictionLocality"u8,
                2 => "msJurisdictionStateOrProvince"u8,
                3 => "msJurisdictionCountry"u8,
                _ => default,
            }
            : default;
    }

    private static ReadOnlySpan<byte> X520Name(byte number) => number switch
    {
        3 => "CN"u8,
        4 => "surname"u8,
        5 => "serialNumber"u8,
        6 => "C"u8,
        7 => "L"u8,
        8 => "ST"u8,
        9 => "streetAddress"u8,
        10 => "O"u8,
        11 => "OU"u8,
        12 => "title"u8,
        13 => "description"u8,
        15 => "businessCategory"u8,
        17 => "postalCode"u8,
        41 => "name"u8,
        42 => "givenName"u8,
        43 => "initials"u8,
        44 => "generationQualifier"u8,
        46 => "dnQualifier"u8,
        65 => "pseudonym"u8,
        97 => "organizationIdentifier"u8,
        _ => default,
    };

    /// <summary>An object identifier in numbers (X.690, 8.19).</summary>
    private void Dotted(ReadOnlySpan<byte> type)
    {
        ulong number = 0;
        var isFirst = true;
        foreach (var part in type)
        {
            number = (number << 7) | (part & 0x7Fu);
            if ((part & 0x80) != 0)
            {
                continue;
            }

            if (isFirst)
            {
                var root = Math.Min(number / 40, 2);
                Number(root);
                number -= root * 40;
                isFirst = false;
            }

            Append("."u8);
            Number(number);
            number = 0;
        }
    }

    private void Number(ulong number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var written);
        Append(digits[..written]);
    }

    private void Value(byte tag, ReadOnlySpan<byte> value)
    {
        switch (tag)
        {
            case DerReader.BmpString:
                Utf16(value);
                break;
            case DerReader.Utf8String or DerReader.PrintableString or DerReader.Ia5String or DerReader.NumericString
                or DerReader.TeletexString or DerReader.VisibleString:
                Append(value);
                break;
            default:
                foreach (var octet in value)
                {
                    Append(["0123456789ABCDEF"u8[octet >> 4], "0123456789ABCDEF"u8[octet & 15]]);
                }

                break;
        }
    }

    private void Utf16(ReadOnlySpan<byte> value)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (; value.Length >= 2; value = value[2..])
        {
            var unit = BinaryPrimitives.ReadUInt16BigEndian(value);
            var character = Rune.TryCreate((int)unit, out var rune) ? rune : Rune.ReplacementChar;
            Append(utf8[..character.EncodeToUtf8(utf8)]);
        }
    }

    private void Append(scoped ReadOnlySpan<byte> text)
    {
        var length = Math.Min(text.Length, _destination.Length - _length);
        text[..length].CopyTo(_destination[_length..]);
        _length += length;
    }
}
