using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Tls;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about TLS sessions.</content>
internal sealed partial class EveWriter
{
    public void Tls(Flow flow, TlsParser session, long now)
    {
        Begin("tls"u8, flow, now);
        _json.Raw(",\"tls\":{"u8);
        Field("\"version\":"u8, session.Version switch
        {
            0x0300 => "SSLv3"u8,
            0x0301 => "TLSv1"u8,
            0x0302 => "TLS 1.1"u8,
            0x0303 => "TLS 1.2"u8,
            0x0304 => "TLS 1.3"u8,
            _ => "UNDETERMINED"u8,
        });
        OptionalField(",\"sni\":"u8, session.ServerName);
        _json.Raw("}"u8);
        End();
    }
}
