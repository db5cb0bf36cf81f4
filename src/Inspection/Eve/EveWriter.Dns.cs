using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Dns;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about DNS messages, in Suricata's version 2 form: one per question, one per answer.</content>
internal sealed partial class EveWriter
{
    /// <summary>More answers than any real response carries are not written.</summary>
    private const int MaxAnswers = 64;

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
            Begin("dns"u8, flow, now);
            Field(",\"dns\":{\"type\":\"query\",\"id\":"u8, message.Id);
            Field(",\"rrname\":"u8, name[..length]);
            RecordType(",\"rrtype\":\""u8, type);
            Field("\",\"opcode\":"u8, message.Opcode);
            _json.Raw("}"u8);
            End();
        }
    }

    private void DnsAnswer(Flow flow, in DnsMessage message, long now)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        var offset = DnsMessage.HeaderLength;
        Begin("dns"u8, flow, now);
        Field(",\"dns\":{\"version\":2,\"type\":\"answer\",\"id\":"u8, message.Id);
        _json.Raw(",\"flags\":\""u8);
        _json.Hex([(byte)(message.Flags >> 8), (byte)message.Flags]);
        _json.Raw("\",\"qr\":true"u8);
        Flag(message.Flags, 0x0400, ",\"aa\":true"u8);
        Flag(message.Flags, 0x0200, ",\"tc\":true"u8);
        Flag(message.Flags, 0x0100, ",\"rd\":true"u8);
        Flag(message.Flags, 0x0080, ",\"ra\":true"u8);
        Field(",\"opcode\":"u8, message.Opcode);
        if (message.QuestionCount > 0 && message.TryReadQuestion(ref offset, name, out var length, out var type))
        {
            Field(",\"rrname\":"u8, name[..length]);
            RecordType(",\"rrtype\":\""u8, type);
            _json.Raw("\""u8);
        }

        ResponseCode(message.ResponseCode);
        Answers(message, name);
        _json.Raw("}"u8);
        End();
    }

    private void Answers(in DnsMessage message, Span<byte> name)
    {
        var offset = message.AnswersOffset;
        var written = 0;
        while (written < Math.Min(message.AnswerCount, MaxAnswers) && message.TryReadRecord(ref offset, name, out var length, out var record))
        {
            Field(written++ == 0 ? ",\"answers\":[{\"rrname\":"u8 : ",{\"rrname\":"u8, name[..length]);
            RecordType(",\"rrtype\":\""u8, record.Type);
            Field("\",\"ttl\":"u8, record.TimeToLive);
            RecordData(message, record, name);
            _json.Raw("}"u8);
        }

        if (written > 0)
        {
            _json.Raw("]"u8);
        }
    }

    private void RecordData(in DnsMessage message, DnsRecord record, Span<byte> name)
    {
        var data = message.Bytes.Slice(record.DataOffset, record.DataLength);
        switch (record.Type)
        {
            case DnsType.A when data.Length == 4:
                _json.Raw(",\"rdata\":\""u8);
                _json.Address(IpAddress.FromV4(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(data)));
                _json.Raw("\""u8);
                break;
            case DnsType.Aaaa when data.Length == 16:
                _json.Raw(",\"rdata\":\""u8);
                _json.Address(IpAddress.FromV6(data));
                _json.Raw("\""u8);
                break;
            case DnsType.Cname or DnsType.Ns or DnsType.Ptr:
                var offset = record.DataOffset;
                if (DnsName.TryRead(message.Bytes, ref offset, name, out var length))
                {
                    Field(",\"rdata\":"u8, name[..length]);
                }

                break;
            case DnsType.Txt when data.Length > 1 && data[0] < data.Length:
                Field(",\"rdata\":"u8, data.Slice(1, data[0]));
                break;
        }
    }

    private void Flag(ushort flags, ushort bit, ReadOnlySpan<byte> text)
    {
        if ((flags & bit) != 0)
        {
            _json.Raw(text);
        }
    }

    private void RecordType(ReadOnlySpan<byte> prefix, ushort type)
    {
        _json.Raw(prefix);
        var name = DnsType.Name(type);
        if (name.IsEmpty)
        {
            _json.Number(type);
        }
        else
        {
            _json.Raw(name);
        }
    }

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
