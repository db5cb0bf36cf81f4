using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Http;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about HTTP transactions.</content>
internal sealed partial class EveWriter
{
    public void Http(Flow flow, HttpTransaction transaction, long now)
    {
        Begin("http"u8, flow, now);
        Field(",\"tx_id\":"u8, transaction.Number);
        _json.Raw(",\"http\":{"u8);
        var host = transaction.Host.Value;
        var colon = host.LastIndexOf((byte)':');
        var hasPort = colon > 0 && !host.EndsWith("]"u8) && host[(colon + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        Field("\"hostname\":"u8, hasPort ? host[..colon] : host);
        OptionalField(",\"url\":"u8, transaction.Target.Value);
        OptionalField(",\"http_user_agent\":"u8, transaction.UserAgent.Value);
        OptionalField(",\"http_content_type\":"u8, MediaType(transaction.ContentType.Value));
        OptionalField(",\"http_refer\":"u8, transaction.Referrer.Value);
        OptionalField(",\"http_method\":"u8, transaction.Method.Value);
        OptionalField(",\"protocol\":"u8, transaction.Protocol.Value);
        if (transaction.Status != 0)
        {
            Field(",\"status\":"u8, transaction.Status);
        }

        Field(",\"length\":"u8, transaction.ResponseLength);
        _json.Raw("}"u8);
        End();
    }

    private static ReadOnlySpan<byte> MediaType(ReadOnlySpan<byte> contentType)
    {
        var semicolon = contentType.IndexOf((byte)';');
        return semicolon < 0 ? contentType : contentType[..semicolon];
    }
}
