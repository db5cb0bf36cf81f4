using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Rdp;
using MediaSecurityLite.Inspection.Protocols.Smb;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about RDP connections.</content>
internal sealed partial class EveWriter
{
    public void RdpRequest(Flow flow, RdpParser connection, long now)
    {
        Begin("rdp"u8, flow, now);
        _json.Raw(",\"rdp\":{\"event_type\":\"initial_request\""u8);
        OptionalField(",\"cookie\":"u8, connection.Cookie.Value);
        _json.Raw("}"u8);
        End();
    }

    public void RdpResponse(Flow flow, uint? number, bool isFailure, long now)
    {
        Begin("rdp"u8, flow, now);
        _json.Raw(",\"rdp\":{\"event_type\":\"initial_response\""u8);
        if (isFailure)
        {
            Field(",\"error_code\":"u8, number ?? 0);
        }
        else if (number is { } protocol)
        {
            Field(",\"protocol\":"u8, RdpProtocolName(protocol));
        }

        _json.Raw("}"u8);
        End();
    }

    public void RdpClient(Flow flow, in RdpClientCore core, long now)
    {
        Span<byte> name = stackalloc byte[64];
        Begin("rdp"u8, flow, now);
        Field(",\"rdp\":{\"event_type\":\"connect_request\",\"client\":{\"desktop_width\":"u8, core.Width);
        Field(",\"desktop_height\":"u8, core.Height);
        Field(",\"build\":"u8, core.Build);
        Field(",\"client_name\":"u8, name[..SmbBytes.ToUtf8(core.Name, name)]);
        _json.Raw("}}"u8);
        End();
    }

    /// <summary>MS-RDPBCGR, 2.2.1.2.1.</summary>
    private static ReadOnlySpan<byte> RdpProtocolName(uint protocol) => protocol switch
    {
        0 => "rdp"u8,
        1 => "ssl"u8,
        2 => "hybrid"u8,
        4 => "rds_tls"u8,
        8 => "hybrid_ex"u8,
        _ => "unknown"u8,
    };
}
