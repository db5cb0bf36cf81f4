using MediaSecurityLite.Inspection.Protocols.Ber;

namespace MediaSecurityLite.Inspection.Protocols.Kerberos;

/// <summary>Message types (RFC 4120, 7.5.7); as tags they are [APPLICATION n], so the low five bits of 0x60 + n.</summary>
internal enum KerberosType : byte
{
    AsRequest = 10,
    AsReply = 11,
    TgsRequest = 12,
    TgsReply = 13,
    ApRequest = 14,
    ApReply = 15,
    Safe = 20,
    Private = 21,
    Credentials = 22,
    Error = 30,
}

/// <summary>
/// A Kerberos message (RFC 4120, 5.4 and 5.9.1), read as far as it is in clear. Every field is <c>[n] value</c>.
/// </summary>
internal ref struct KerberosMessage
{
    private const byte GeneralString = 0x1B;

    public KerberosType Type { get; private set; }

    /// <summary>The client's realm; in a request the server's.</summary>
    public ReadOnlySpan<byte> Realm { get; private set; }

    /// <summary>Components of the client's name: <see cref="GeneralString"/> elements.</summary>
    public BerReader ClientName { get; private set; }

    public BerReader ServerName { get; private set; }

    /// <summary>RFC 3961, 8: how the reply's secret part is encrypted; 0 where there is none.</summary>
    public int Encryption { get; private set; }

    public int TicketEncryption { get; private set; }

    /// <summary>RFC 4120, 7.5.9; negative unless it is an error.</summary>
    public int ErrorCode { get; private set; }

    /// <summary>Takes the next component of a name.</summary>
    public static bool TryReadComponent(ref BerReader name, out ReadOnlySpan<byte> component) => name.TryRead(GeneralString, out component);

    /// <returns>False for what cannot be a message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out KerberosMessage message)
    {
        message = new KerberosMessage { ErrorCode = -1 };
        var outer = new BerReader(data);
        if (!KerberosProbe.IsMessageTag(outer.Tag) || !outer.TryRead(out var tag, out var value))
        {
            return false;
        }

        message.Type = (KerberosType)(tag & 0x1F);
        var content = new BerReader(value);
        if (!content.TryEnter(BerReader.Sequence, out var fields))
        {
            return false;
        }

        while (fields.TryRead(out var number, out var field))
        {
            message.Take(number & 0x1F, new BerReader(field));
        }

        return true;
    }

    private void Take(int number, BerReader field)
    {
        switch (Type)
        {
            case KerberosType.AsRequest or KerberosType.TgsRequest when number == 4:
                TakeRequestBody(field);
                break;
            case KerberosType.AsReply or KerberosType.TgsReply:
                TakeReply(number, field);
                break;
            case KerberosType.ApRequest when number == 3:
                TakeTicket(field);
                break;
            case KerberosType.Error:
                TakeError(number, field);
                break;
        }
    }

    private void TakeRequestBody(BerReader field)
    {
        if (!field.TryEnter(BerReader.Sequence, out var body))
        {
            return;
        }

        while (body.TryRead(out var number, out var value))
        {
            var inner = new BerReader(value);
            switch (number & 0x1F)
            {
                case 1:
                    ClientName = ReadName(inner);
                    break;
                case 2:
                    Realm = inner.TryRead(GeneralString, out var realm) ? realm : default;
                    break;
                case 3:
                    ServerName = ReadName(inner);
                    break;
            }
        }
    }

    private void TakeReply(int number, BerReader field)
    {
        switch (number)
        {
            case 3:
                Realm = field.TryRead(GeneralString, out var realm) ? realm : default;
                break;
            case 4:
                ClientName = ReadName(field);
                break;
            case 5:
                TakeTicket(field);
                break;
            case 6:
                Encryption = ReadEncryption(field);
                break;
        }
    }

    private void TakeError(int number, BerReader field)
    {
        switch (number)
        {
            case 6:
                ErrorCode = field.TryReadInteger(out var code) ? code : -1;
                break;
            case 8:
                ClientName = ReadName(field);
                break;
            case 9:
                Realm = field.TryRead(GeneralString, out var realm) ? realm : default;
                break;
            case 10:
                ServerName = ReadName(field);
                break;
        }
    }

    /// <summary>RFC 4120, 5.3: <c>[APPLICATION 1] SEQUENCE { [0] version, [1] realm, [2] sname, [3] enc-part }</c>.</summary>
    private void TakeTicket(BerReader field)
    {
        const byte Ticket = 0x61;
        if (!field.TryEnter(Ticket, out var ticket) || !ticket.TryEnter(BerReader.Sequence, out var parts))
        {
            return;
        }

        while (parts.TryRead(out var number, out var value))
        {
            var inner = new BerReader(value);
            switch (number & 0x1F)
            {
                case 1 when Realm.IsEmpty:
                    Realm = inner.TryRead(GeneralString, out var realm) ? realm : default;
                    break;
                case 2:
                    ServerName = ReadName(inner);
                    break;
                case 3:
                    TicketEncryption = ReadEncryption(inner);
                    break;
            }
        }
    }

    /// <summary>RFC 4120, 5.2.2: <c>SEQUENCE { [0] type, [1] SEQUENCE OF KerberosString }</c>.</summary>
    private static BerReader ReadName(BerReader field) =>
        field.TryEnter(BerReader.Sequence, out var parts)
        && parts.TryRead(0xA0, out _)
        && parts.TryEnter(0xA1, out var list)
        && list.TryEnter(BerReader.Sequence, out var components)
            ? components
            : default;

    private static int ReadEncryption(BerReader field) =>
        field.TryEnter(BerReader.Sequence, out var parts) && parts.TryEnter(0xA0, out var kind) && kind.TryReadInteger(out var number) ? number : 0;
}
