using MediaSecurityLite.Inspection.Protocols.Ber;

namespace MediaSecurityLite.Inspection.Protocols.Snmp;

/// <summary>
/// An SNMP message (RFC 1157, 3416, 3412). The community is a password and is never read out.
/// <code>
/// v1, v2c: SEQUENCE { version INTEGER, community OCTET STRING, PDU [0..8] }
/// v3:      SEQUENCE { version INTEGER, SEQUENCE { id, size, flags OCTET STRING, model }, security OCTET STRING, data }
/// </code>
/// </summary>
internal readonly ref struct SnmpMessage
{
    private const byte FirstPdu = 0xA0;
    private const byte LastPdu = 0xA8;
    private const byte TrapV1 = 0xA4;

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; private init; }

    /// <summary>0xA0 get-request … 0xA8 report; 0 where version 3 has encrypted it.</summary>
    public byte Pdu { get; private init; }

    /// <summary>The variable bindings: sequences of name and value.</summary>
    public BerReader Variables { get; private init; }

    /// <summary>Version 3 with the user-based security model (RFC 3414): the user's name.</summary>
    public ReadOnlySpan<byte> User { get; private init; }

    /// <returns>False for what cannot be a message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out SnmpMessage message)
    {
        message = default;
        var outer = new BerReader(data);
        if (!outer.TryEnter(BerReader.Sequence, out var body) || !body.TryReadInteger(out var version))
        {
            return false;
        }

        return version switch
        {
            0 or 1 => body.TryRead(BerReader.OctetString, out _) && TryReadPdu(body, version + 1, default, out message),
            3 => TryReadV3(body, out message),
            _ => false,
        };
    }

    private static bool TryReadV3(BerReader body, out SnmpMessage message)
    {
        message = default;
        if (!body.TryEnter(BerReader.Sequence, out var head)
            || !head.TryRead(BerReader.Integer, out _)
            || !head.TryRead(BerReader.Integer, out _)
            || !head.TryRead(BerReader.OctetString, out var flags)
            || flags.Length != 1
            || !head.TryReadInteger(out _)
            || !body.TryRead(BerReader.OctetString, out var security))
        {
            return false;
        }

        var user = ReadUser(security);
        if (body.TryEnter(BerReader.Sequence, out var scoped))
        {
            return scoped.TryRead(BerReader.OctetString, out _)
                && scoped.TryRead(BerReader.OctetString, out _)
                && TryReadPdu(scoped, 3, user, out message);
        }

        message = new SnmpMessage { Version = 3, User = user };
        return body.Tag == BerReader.OctetString;
    }

    /// <summary>RFC 3414, 2.4: engine id, boots, time, user name, two parameters.</summary>
    private static ReadOnlySpan<byte> ReadUser(ReadOnlySpan<byte> security)
    {
        var outer = new BerReader(security);
        return outer.TryEnter(BerReader.Sequence, out var fields)
            && fields.TryRead(BerReader.OctetString, out _)
            && fields.TryRead(BerReader.Integer, out _)
            && fields.TryRead(BerReader.Integer, out _)
            && fields.TryRead(BerReader.OctetString, out var user)
            ? user
            : default;
    }

    private static bool TryReadPdu(BerReader body, int version, ReadOnlySpan<byte> user, out SnmpMessage message)
    {
        message = default;
        if (body.Tag is < FirstPdu or > LastPdu || !body.TryRead(out var pdu, out var content))
        {
            return false;
        }

        // A version 1 trap names enterprise, agent, two kinds and a time; all others a request id and two numbers.
        var fields = new BerReader(content);
        var skipped = pdu == TrapV1 ? 5 : 3;
        for (var i = 0; i < skipped; i++)
        {
            if (!fields.TryRead(out _, out _))
            {
                return false;
            }
        }

        if (!fields.TryEnter(BerReader.Sequence, out var variables))
        {
            return false;
        }

        message = new SnmpMessage { Version = version, Pdu = pdu, Variables = variables, User = user };
        return true;
    }
}
