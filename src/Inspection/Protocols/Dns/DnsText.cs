using System.Buffers.Binary;
using System.Buffers.Text;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>Record data as zone files have it, for the types whose data is more than an address or a name.</summary>
internal ref struct DnsText
{
    /// <summary>Room for what is written of one record; longer data is cut.</summary>
    public const int MaxLength = 2048;

    private readonly Span<byte> _text;
    private readonly ReadOnlySpan<byte> _message;
    private readonly DnsRecord _record;
    private int _length;
    private int _position;

    private DnsText(in DnsMessage message, DnsRecord record, Span<byte> text)
    {
        _message = message.Bytes;
        _record = record;
        _text = text;
        _position = record.DataOffset;
    }

    private readonly int Left => _record.DataOffset + _record.DataLength - _position;

    /// <returns>Bytes written; 0 for a type that has no such form here, or data that breaks its rules.</returns>
    public static int Format(in DnsMessage message, DnsRecord record, Span<byte> text)
    {
        var writer = new DnsText(message, record, text);
        var isSound = record.Type switch
        {
            DnsType.Caa => writer.Authorization(),
            DnsType.Naptr => writer.NamingAuthority(),
            DnsType.Svcb or DnsType.Https => writer.ServiceBinding(),
            DnsType.Ds or DnsType.Cds => writer.Number16() && writer.Number8() && writer.Number8() && writer.Hex(),
            DnsType.Tlsa => writer.Number8() && writer.Number8() && writer.Number8() && writer.Hex(),
            DnsType.DnsKey or DnsType.CdnsKey => writer.Number16() && writer.Number8() && writer.Number8() && writer.Base64Rest(),
            DnsType.Hinfo => writer.Quoted() && writer.Quoted(),
            DnsType.Loc => writer.Location(),
            _ => false,
        };
        return isSound ? writer._length : 0;
    }

    /// <summary>RFC 8659, 4.1: flags, tag, value.</summary>
    private bool Authorization()
    {
        if (!Number8() || Left < 1 || Left < 1 + _message[_position])
        {
            return false;
        }

        int tag = _message[_position++];
        Space();
        Add(Take(tag));
        Space();
        Quote(Take(Left));
        return true;
    }

    /// <summary>RFC 3403, 4.1.</summary>
    private bool NamingAuthority() => Number16() && Number16() && Quoted() && Quoted() && Quoted() && Name();

    /// <summary>RFC 9460, 2.2: priority, target, parameters.</summary>
    private bool ServiceBinding()
    {
        if (!Number16() || !Name())
        {
            return false;
        }

        while (Left >= 4)
        {
            var key = BinaryPrimitives.ReadUInt16BigEndian(_message[_position..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(_message[(_position + 2)..]);
            _position += 4;
            if (length > Left)
            {
                return false;
            }

            Parameter(key, Take(length));
        }

        return Left == 0;
    }

    /// <summary>RFC 9460, 7 and 14.3.2.</summary>
    private void Parameter(ushort key, ReadOnlySpan<byte> value)
    {
        Space();
        switch (key)
        {
            case 1:
                Add("alpn=\""u8);
                Protocols(value);
                Add("\""u8);
                break;
            case 2:
                Add("no-default-alpn"u8);
                break;
            case 3 when value.Length == 2:
                Add("port="u8);
                AddNumber(BinaryPrimitives.ReadUInt16BigEndian(value));
                break;
            case 4 or 6 when value.Length % (key == 4 ? 4 : 16) == 0:
                Add(key == 4 ? "ipv4hint="u8 : "ipv6hint="u8);
                Addresses(value, key == 4 ? 4 : 16);
                break;
            case 5:
                Add("ech="u8);
                AddBase64(value);
                break;
            default:
                Add("key"u8);
                AddNumber(key);
                break;
        }
    }

    private void Protocols(ReadOnlySpan<byte> value)
    {
        for (var isFirst = true; value.Length > 1 && value[0] < value.Length; isFirst = false)
        {
            Add(isFirst ? default : ","u8);
            Add(value.Slice(1, value[0]));
            value = value[(1 + value[0])..];
        }
    }

    private void Addresses(ReadOnlySpan<byte> value, int size)
    {
        Span<byte> text = stackalloc byte[48];
        for (var i = 0; i < value.Length; i += size)
        {
            var address = size == 4 ? IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(value[i..])) : IpAddress.FromV6(value.Slice(i, 16));
            Add(i == 0 ? default : ","u8);
            Add(text[..address.Format(text)]);
        }
    }

    /// <summary>RFC 1876, 2 and 3.</summary>
    private bool Location()
    {
        const int Length = 16;
        const uint Equator = 1u << 31;
        const long AltitudeBase = 10_000_000;
        if (Left != Length || _message[_position] != 0)
        {
            return false;
        }

        var data = Take(Length);
        Angle(BinaryPrimitives.ReadUInt32BigEndian(data[4..]) - (long)Equator, "N"u8, "S"u8);
        Space();
        Angle(BinaryPrimitives.ReadUInt32BigEndian(data[8..]) - (long)Equator, "E"u8, "W"u8);
        Space();
        Metres(BinaryPrimitives.ReadUInt32BigEndian(data[12..]) - AltitudeBase);
        for (var i = 1; i <= 3; i++)
        {
            Space();
            Metres((data[i] >> 4) * (long)Math.Pow(10, data[i] & 0x0F));
        }

        return true;
    }

    private void Angle(long thousandths, ReadOnlySpan<byte> positive, ReadOnlySpan<byte> negative)
    {
        var value = Math.Abs(thousandths);
        AddNumber(value / 3_600_000);
        Space();
        AddNumber(value / 60_000 % 60);
        Space();
        AddNumber(value / 1000 % 60);
        Add("."u8);
        AddPadded(value % 1000, 100);
        Space();
        Add(thousandths >= 0 ? positive : negative);
    }

    private void Metres(long centimetres)
    {
        Add(centimetres < 0 ? "-"u8 : default);
        AddNumber(Math.Abs(centimetres) / 100);
        Add("."u8);
        AddPadded(Math.Abs(centimetres) % 100, 10);
        Add("m"u8);
    }

    private bool Number8()
    {
        if (Left < 1)
        {
            return false;
        }

        Space();
        AddNumber(_message[_position++]);
        return true;
    }

    private bool Number16()
    {
        if (Left < 2)
        {
            return false;
        }

        Space();
        AddNumber(BinaryPrimitives.ReadUInt16BigEndian(_message[_position..]));
        _position += 2;
        return true;
    }

    private bool Name()
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        if (!DnsName.TryRead(_message, ref _position, name, out var length) || Left < 0)
        {
            return false;
        }

        Space();
        Add(length == 0 ? "."u8 : name[..length]);
        return true;
    }

    private bool Quoted()
    {
        if (Left < 1 || Left < 1 + _message[_position])
        {
            return false;
        }

        int length = _message[_position++];
        Space();
        Quote(Take(length));
        return true;
    }

    private void Quote(ReadOnlySpan<byte> text)
    {
        Add("\""u8);
        Add(text);
        Add("\""u8);
    }

    private bool Hex()
    {
        Space();
        foreach (var value in Take(Left))
        {
            Add(["0123456789abcdef"u8[value >> 4], "0123456789abcdef"u8[value & 15]]);
        }

        return true;
    }

    private bool Base64Rest()
    {
        Space();
        AddBase64(Take(Left));
        return true;
    }

    private void AddBase64(ReadOnlySpan<byte> bytes)
    {
        Base64.EncodeToUtf8(bytes, _text[_length..], out _, out var written);
        _length += written;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _message.Slice(_position, length);
        _position += length;
        return taken;
    }

    private void Space() => Add(_length > 0 ? " "u8 : default);

    private void AddNumber(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var written);
        Add(digits[..written]);
    }

    private void AddPadded(long value, long highest)
    {
        for (; highest > 0; highest /= 10)
        {
            Add([(byte)('0' + (value / highest % 10))]);
        }
    }

    private void Add(scoped ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, _text.Length - _length);
        bytes[..length].CopyTo(_text[_length..]);
        _length += length;
    }
}
