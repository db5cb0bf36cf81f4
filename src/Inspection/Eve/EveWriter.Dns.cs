using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Dns;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>
/// Records about messages of the DNS family, in Suricata's version 2 form: one per question, one per answer, each answer in
/// detail and grouped by type. Multicast DNS, LLMNR and NetBIOS names have records of their own with the same fields.
/// </content>
internal sealed partial class EveWriter
{
    /// <summary>More records than any real response carries in one section are not written.</summary>
    private const int MaxRecords = 256;

    public void Dns(Flow flow, in DnsMessage message, long now)
    {
        if (message.IsResponse)
        {
            DnsAnswer(flow, message, now);
        }
        else
        {
            DnsQueries(flow, message, now);
        }
    }

    private void DnsQueries(Flow flow, in DnsMessage message, long now)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        var offset = DnsMessage.HeaderLength;
        for (var i = 0; i < message.QuestionCount && message.TryReadQuestion(ref offset, name, out var length, out var type); i++)
        {
            BeginDns(flow, now);
            Field("{\"type\":\"query\",\"id\":"u8, message.Id);
            DnsQuestion(flow, name[..length], type);
            Flag(message.Flags, 0x0040, ",\"z\":true"u8);
            Field(",\"opcode\":"u8, message.Opcode);
            DnsOptions(message);
            _json.Raw("}"u8);
            End();
        }
    }

    private void DnsAnswer(Flow flow, in DnsMessage message, long now)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        var offset = DnsMessage.HeaderLength;
        BeginDns(flow, now);
        Field("{\"version\":2,\"type\":\"answer\",\"id\":"u8, message.Id);
        _json.Raw(",\"flags\":\""u8);
        _json.Hex([(byte)(message.Flags >> 8), (byte)message.Flags]);
        _json.Raw("\",\"qr\":true"u8);
        Flag(message.Flags, 0x0400, ",\"aa\":true"u8);
        Flag(message.Flags, 0x0200, ",\"tc\":true"u8);
        Flag(message.Flags, 0x0100, ",\"rd\":true"u8);
        Flag(message.Flags, 0x0080, ",\"ra\":true"u8);
        Flag(message.Flags, 0x0040, ",\"z\":true"u8);
        Field(",\"opcode\":"u8, message.Opcode);
        if (message.QuestionCount > 0 && message.TryReadQuestion(ref offset, name, out var length, out var type))
        {
            DnsQuestion(flow, name[..length], type);
        }

        ResponseCode(message.ResponseCode);
        offset = message.AnswersOffset;
        if (DnsRecords(flow, message, ",\"answers\":["u8, message.AnswerCount, ref offset, out var types))
        {
            DnsGroups(message, types);
            DnsRecords(flow, message, ",\"authorities\":["u8, message.AuthorityCount, ref offset, out _);
        }

        DnsOptions(message);
        _json.Raw("}"u8);
        End();
    }

    private void BeginDns(Flow flow, long now)
    {
        var name = AppProtocolNames.Of(flow.App);
        Begin(name, flow, now);
        _json.Raw(",\""u8);
        _json.Raw(name);
        _json.Raw("\":"u8);
    }

    private void DnsQuestion(Flow flow, ReadOnlySpan<byte> name, ushort type)
    {
        DnsRecordName(flow, ",\"rrname\":"u8, name);
        RecordType(flow, ",\"rrtype\":\""u8, type);
        _json.Raw("\""u8);
    }

    private void DnsRecordName(Flow flow, ReadOnlySpan<byte> field, ReadOnlySpan<byte> name)
    {
        Span<byte> decoded = stackalloc byte[NetBiosName.MaxLength];
        var length = flow.App == AppProtocol.Nbns ? NetBiosName.Decode(name, decoded, out var suffix) : Nothing(out suffix);
        Field(field, length > 0 ? decoded[..length] : name);
        if (length > 0)
        {
            _json.Raw(",\"suffix\":\""u8);
            _json.Hex([suffix]);
            _json.Raw("\""u8);
        }

        static int Nothing(out byte suffix) => suffix = 0;
    }

    /// <returns>False if the section breaks off, so that the next cannot be found.</returns>
    private bool DnsRecords(Flow flow, in DnsMessage message, ReadOnlySpan<byte> open, int count, ref int offset, out int types)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        var written = 0;
        var isWhole = true;
        types = 0;
        for (var i = 0; i < count && isWhole; i++)
        {
            isWhole = message.TryReadRecord(ref offset, name, out var length, out var record);
            if (!isWhole || written >= MaxRecords)
            {
                continue;
            }

            types |= GroupBit(record.Type);
            var part = 0;
            do
            {
                _json.Raw(written++ == 0 ? open : ","u8);
                DnsRecordName(flow, "{\"rrname\":"u8, name[..length]);
                RecordType(flow, ",\"rrtype\":\""u8, record.Type);
                Field("\",\"ttl\":"u8, record.TimeToLive);
                DnsData(message, record, ref part);
                _json.Raw("}"u8);
            }
            while (part > 0 && written < MaxRecords);
        }

        _json.Raw(written > 0 ? "]"u8 : default);
        return isWhole;
    }

    /// <summary>EDNS (RFC 6891, 6.1.3): what the sender can take, and whether it wants DNSSEC.</summary>
    private void DnsOptions(in DnsMessage message)
    {
        const uint DnssecOk = 0x8000;
        if (message.AdditionalCount > 0 && message.TryFindOptions(out var options))
        {
            Field(",\"edns\":{\"udp_size\":"u8, options.Class);
            Field(",\"version\":"u8, (options.TimeToLive >> 16) & 0xFF);
            _json.Raw((options.TimeToLive & DnssecOk) != 0 ? ",\"do\":true}"u8 : ",\"do\":false}"u8);
        }
    }

    private void Flag(ushort flags, ushort bit, ReadOnlySpan<byte> text)
    {
        if ((flags & bit) != 0)
        {
            _json.Raw(text);
        }
    }

    private void RecordType(Flow flow, ReadOnlySpan<byte> prefix, ushort type)
    {
        _json.Raw(prefix);
        var name = flow.App == AppProtocol.Nbns ? NetBiosTypeName(type) : DnsType.Name(type);
        if (name.IsEmpty)
        {
            _json.Number(type);
        }
        else
        {
            _json.Raw(name);
        }
    }

    /// <summary>RFC 1002, 4.2.1.3.</summary>
    private static ReadOnlySpan<byte> NetBiosTypeName(ushort type) => type switch
    {
        0x0020 => "NB"u8,
        0x0021 => "NBSTAT"u8,
        _ => DnsType.Name(type),
    };

    private void ResponseCode(int code)
    {
        _json.Raw(",\"rcode\":\""u8);
        var name = DnsType.ResponseCodeName(code);
        if (name.IsEmpty)
        {
            _json.Number(code);
        }
        else
        {
            _json.Raw(name);
        }

        _json.Raw("\""u8);
    }
}
