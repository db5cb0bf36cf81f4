using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Kerberos;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about Kerberos.</content>
internal sealed partial class EveWriter
{
    public void Kerberos(Flow flow, KerberosParser exchange, long now)
    {
        Begin("krb5"u8, flow, now);
        Field(",\"krb5\":{\"msg_type\":"u8, KerberosName(exchange.Type));
        if (exchange.Type == KerberosType.Error)
        {
            Field(",\"failed_request\":"u8, KerberosName(exchange.RequestType));
            Field(",\"error_code\":"u8, exchange.ErrorCode);
        }

        Field(",\"cname\":"u8, OrEmpty(exchange.ClientName.Value));
        Field(",\"realm\":"u8, OrEmpty(exchange.Realm.Value));
        Field(",\"sname\":"u8, OrEmpty(exchange.ServerName.Value));
        Encryption(",\"encryption\":"u8, ",\"weak_encryption\":true"u8, ",\"weak_encryption\":false"u8, exchange.Encryption);
        if (exchange.TicketEncryption != 0)
        {
            Encryption(",\"ticket_encryption\":"u8, ",\"ticket_weak_encryption\":true"u8, ",\"ticket_weak_encryption\":false"u8, exchange.TicketEncryption);
        }

        _json.Raw("}"u8);
        End();
    }

    private void Encryption(ReadOnlySpan<byte> name, ReadOnlySpan<byte> weak, ReadOnlySpan<byte> strong, int type)
    {
        // RFC 6649 and RFC 8429: DES and RC4 are to be given up.
        Field(name, EncryptionName(type));
        _json.Raw(type is (>= 1 and <= 7) or 16 or 23 or 24 ? weak : strong);
    }

    private static ReadOnlySpan<byte> OrEmpty(ReadOnlySpan<byte> text) => text.IsEmpty ? "<empty>"u8 : text;

    private static ReadOnlySpan<byte> KerberosName(KerberosType type) => type switch
    {
        KerberosType.AsRequest => "KRB_AS_REQ"u8,
        KerberosType.AsReply => "KRB_AS_REP"u8,
        KerberosType.TgsRequest => "KRB_TGS_REQ"u8,
        KerberosType.TgsReply => "KRB_TGS_REP"u8,
        KerberosType.ApRequest => "KRB_AP_REQ"u8,
        KerberosType.ApReply => "KRB_AP_REP"u8,
        KerberosType.Error => "KRB_ERROR"u8,
        _ => "UNKNOWN"u8,
    };

    /// <summary>IANA kerberos-parameters.</summary>
    private static ReadOnlySpan<byte> EncryptionName(int type) => type switch
    {
        0 => "<none>"u8,
        1 => "des-cbc-crc"u8,
        2 => "des-cbc-md4"u8,
        3 => "des-cbc-md5"u8,
        5 => "des3-cbc-md5"u8,
        7 => "des3-cbc-sha1"u8,
        16 => "des3-cbc-sha1-kd"u8,
        17 => "aes128-cts-hmac-sha1-96"u8,
        18 => "aes256-cts-hmac-sha1-96"u8,
        19 => "aes128-cts-hmac-sha256-128"u8,
        20 => "aes256-cts-hmac-sha384-192"u8,
        23 => "rc4-hmac"u8,
        24 => "rc4-hmac-exp"u8,
        _ => "unknown"u8,
    };
}
