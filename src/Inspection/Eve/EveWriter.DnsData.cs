using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Protocols.Dns;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>What DNS records say, in Suricata's forms; types it leaves out are written as zone files have them.</content>
internal sealed partial class EveWriter
{
    /// <summary>The types that are grouped.</summary>
    private static ReadOnlySpan<ushort> GroupedTypes =>
    [
        DnsType.A, DnsType.Aaaa, DnsType.Cname, DnsType.Mx, DnsType.Ns, DnsType.Ptr, DnsType.Txt, DnsType.Null, DnsType.Soa,
        DnsType.Sshfp, DnsType.Srv,
    ];

    private static int GroupBit(ushort type)
    {
        var index = GroupedTypes.IndexOf(type);
        return index < 0 ? 0 : 1 << index;
    }

    /// <summary>The answers once more, by type: <c>{"A":["192.0.2.1","192.0.2.2"]}</c>.</summary>
    private void DnsGroups(in DnsMessage message, int types)
    {
        var groups = 0;
        for (var index = 0; index < GroupedTypes.Length; index++)
        {
            if ((types & (1 << index)) != 0)
            {
                groups += DnsGroup(message, GroupedTypes[index], groups == 0) ? 1 : 0;
            }
        }

        _json.Raw(groups > 0 ? "}"u8 : default);
    }

    private bool DnsGroup(in DnsMessage message, ushort type, bool isFirst)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        var written = 0;
        var offset = message.AnswersOffset;
        for (var i = 0; i < message.AnswerCount && message.TryReadRecord(ref offset, name, out _, out var record); i++)
        {
            var part = 0;
            while (record.Type == type && written < MaxRecords)
            {
                var next = part;
                if (!HasDnsValue(message, record, ref next))
                {
                    break;
                }

                if (written++ > 0)
                {
                    _json.Raw(","u8);
                }
                else
                {
                    _json.Raw(isFirst ? ",\"grouped\":{\""u8 : ",\""u8);
                    _json.Raw(DnsType.Name(type));
                    _json.Raw("\":["u8);
                }

                DnsValueText(message, record, ref part);
                if (part == 0)
                {
                    break;
                }
            }
        }

        _json.Raw(written > 0 ? "]"u8 : default);
        return written > 0;
    }

    /// <summary>One part of a record's data as a member of its object; <paramref name="part"/> as in <see cref="DnsValue.TryRead"/>.</summary>
    private void DnsData(in DnsMessage message, DnsRecord record, ref int part)
    {
        var next = part;
        if (!HasDnsValue(message, record, ref next))
        {
            part = 0;
            return;
        }

        _json.Raw(record.Type switch
        {
            DnsType.Soa => ",\"soa\":"u8,
            DnsType.Srv => ",\"srv\":"u8,
            DnsType.Sshfp => ",\"sshfp\":"u8,
            _ => ",\"rdata\":"u8,
        });
        DnsValueText(message, record, ref part);
    }

    private static bool HasDnsValue(in DnsMessage message, DnsRecord record, ref int part)
    {
        Span<byte> scratch = stackalloc byte[DnsValue.MaxLength];
        return record.Type switch
        {
            DnsType.Soa => DnsStartOfAuthority.TryRead(message, record, scratch, out _),
            DnsType.Srv => record.DataLength > 6,
            DnsType.Sshfp => record.DataLength > 2,
            _ => DnsValue.TryRead(message, record, ref part, scratch, out _),
        };
    }

    /// <summary>Writes a value that is known to be there.</summary>
    private void DnsValueText(in DnsMessage message, DnsRecord record, ref int part)
    {
        Span<byte> scratch = stackalloc byte[DnsValue.MaxLength];
        switch (record.Type)
        {
            case DnsType.Soa:
                StartOfAuthority(message, record, scratch);
                break;
            case DnsType.Srv:
                Service(message, record, scratch);
                break;
            case DnsType.Sshfp:
                Fingerprint(message.Bytes.Slice(record.DataOffset, record.DataLength));
                break;
            default:
                DnsValue.TryRead(message, record, ref part, scratch, out var text);
                _json.Text(text);
                break;
        }
    }

    private void StartOfAuthority(in DnsMessage message, DnsRecord record, Span<byte> scratch)
    {
        DnsStartOfAuthority.TryRead(message, record, scratch, out var authority);
        Field("{\"mname\":"u8, authority.PrimaryServer);
        Field(",\"rname\":"u8, authority.Mailbox);
        Field(",\"serial\":"u8, authority.Serial);
        Field(",\"refresh\":"u8, authority.Refresh);
        Field(",\"retry\":"u8, authority.Retry);
        Field(",\"expire\":"u8, authority.Expire);
        Field(",\"minimum\":"u8, authority.Minimum);
        _json.Raw("}"u8);
    }

    /// <summary>RFC 2782.</summary>
    private void Service(in DnsMessage message, DnsRecord record, Span<byte> scratch)
    {
        var data = message.Bytes[record.DataOffset..];
        var offset = record.DataOffset + 6;
        DnsName.TryRead(message.Bytes, ref offset, scratch, out var length);
        Field("{\"priority\":"u8, BinaryPrimitives.ReadUInt16BigEndian(data));
        Field(",\"weight\":"u8, BinaryPrimitives.ReadUInt16BigEndian(data[2..]));
        Field(",\"port\":"u8, BinaryPrimitives.ReadUInt16BigEndian(data[4..]));
        Field(",\"name\":"u8, scratch[..length]);
        _json.Raw("}"u8);
    }

    /// <summary>RFC 4255, 3.1.</summary>
    private void Fingerprint(ReadOnlySpan<byte> data)
    {
        _json.Raw("{\"fingerprint\":\""u8);
        for (var i = 2; i < data.Length; i++)
        {
            _json.Raw(i > 2 ? ":"u8 : default);
            _json.Hex(data.Slice(i, 1));
        }

        Field("\",\"algo\":"u8, data[0]);
        Field(",\"type\":"u8, data[1]);
        _json.Raw("}"u8);
    }
}
