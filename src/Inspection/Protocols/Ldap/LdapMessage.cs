using MediaSecurityLite.Inspection.Protocols.Ber;

namespace MediaSecurityLite.Inspection.Protocols.Ldap;

/// <summary>Operations of LDAP (RFC 4511, 4.2 to 4.14): the tag behind a message's id.</summary>
internal static class LdapOperation
{
    public const byte BindRequest = 0x60;
    public const byte BindResponse = 0x61;
    public const byte SearchRequest = 0x63;
    public const byte ExtendedRequest = 0x77;
    public const byte ExtendedResponse = 0x78;

    public static bool IsKnown(byte tag) =>
        tag is >= 0x60 and <= 0x69 or >= 0x6B and <= 0x6F or 0x42 or 0x4A or 0x50 or 0x73 or ExtendedRequest or ExtendedResponse or 0x79;
}

/// <summary>
/// An LDAP message (RFC 4511, 4.1.1): <c>SEQUENCE { messageID INTEGER, operation [APPLICATION n] … }</c>.
/// </summary>
internal readonly ref struct LdapMessage
{
    public byte Operation { get; private init; }

    public BerReader Body { get; private init; }

    /// <returns>False for what cannot be a message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out LdapMessage message)
    {
        message = default;
        var outer = new BerReader(data);
        if (!outer.TryEnter(BerReader.Sequence, out var fields)
            || !fields.TryReadInteger(out var id)
            || id < 0
            || !fields.TryRead(out var operation, out var body)
            || !LdapOperation.IsKnown(operation))
        {
            return false;
        }

        message = new LdapMessage { Operation = operation, Body = new BerReader(body) };
        return true;
    }
}
