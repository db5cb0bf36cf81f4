using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Eve;

/// <summary>Suricata's names of application protocols.</summary>
internal static class AppProtocolNames
{
    public static ReadOnlySpan<byte> Of(AppProtocol protocol) => protocol switch
    {
        AppProtocol.Failed => "failed"u8,
        AppProtocol.Dns => "dns"u8,
        AppProtocol.Tls => "tls"u8,
        AppProtocol.Http => "http"u8,
        _ => default,
    };
}
