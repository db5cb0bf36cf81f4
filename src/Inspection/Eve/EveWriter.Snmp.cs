using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ber;
using MediaSecurityLite.Inspection.Protocols.Snmp;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about SNMP, without the community: it is a password.</content>
internal sealed partial class EveWriter
{
    public void Snmp(Flow flow, in SnmpMessage message, long now)
    {
        // Suricata's default as well; tables are walked with many names per message.
        const int MaxNames = 16;
        Begin("snmp"u8, flow, now);
        Field(",\"snmp\":{\"version\":"u8, message.Version);
        OptionalField(",\"usm\":"u8, message.User);
        if (message.Pdu == 0)
        {
            _json.Raw(",\"pdu_type\":\"encrypted\"}"u8);
            End();
            return;
        }

        Field(",\"pdu_type\":"u8, PduName(message.Pdu));
        _json.Raw(",\"vars\":["u8);
        var variables = message.Variables;
        for (var i = 0; i < MaxNames && variables.TryEnter(BerReader.Sequence, out var variable) && variable.TryRead(BerReader.ObjectIdentifier, out var name); i++)
        {
            _json.Raw(i == 0 ? "\""u8 : ",\""u8);
            ObjectIdentifier(name);
            _json.Raw("\""u8);
        }

        _json.Raw("]}"u8);
        End();
    }

    /// <summary>X.690, 8.19: seven bits a byte; the first number holds the first two parts.</summary>
    private void ObjectIdentifier(ReadOnlySpan<byte> bytes)
    {
        ulong part = 0;
        var isFirst = true;
        foreach (var b in bytes)
        {
            part = ((part & 0x01FF_FFFF_FFFF_FFFF) << 7) | (uint)(b & 0x7F);
            if (b >= 0x80)
            {
                continue;
            }

            if (isFirst)
            {
                var root = Math.Min(part / 40, 2);
                _json.Number((long)root);
                part -= root * 40;
                isFirst = false;
            }

            _json.Raw("."u8);
            _json.Number((long)part);
            part = 0;
        }
    }

    private static ReadOnlySpan<byte> PduName(byte pdu) => pdu switch
    {
        0xA0 => "get_request"u8,
        0xA1 => "get_next_request"u8,
        0xA2 => "response"u8,
        0xA3 => "set_request"u8,
        0xA4 => "trap_v1"u8,
        0xA5 => "get_bulk_request"u8,
        0xA6 => "inform_request"u8,
        0xA7 => "trap_v2"u8,
        _ => "report"u8,
    };
}
