using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Http;
using MediaSecurityLite.Inspection.Protocols.Http2;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about HTTP transactions.</content>
internal sealed partial class EveWriter
{
    public void Http(Flow flow, HttpTransaction transaction, long now)
    {
        Begin("http"u8, flow, now);
        Field(",\"tx_id\":"u8, transaction.Number);
        HttpFields(transaction);
        End();
    }

    /// <summary>The <c>http</c> object, as it also stands in records about what the transaction carries.</summary>
    private void HttpFields(HttpTransaction transaction)
    {
        transaction.Authority(out var host, out var port);
        _json.Raw(",\"http\":{"u8);
        OptionalField("\"hostname\":"u8, host);
        if (port >= 0)
        {
            Field(host.IsEmpty ? "\"http_port\":"u8 : ",\"http_port\":"u8, port);
        }

        var isFirst = host.IsEmpty && port < 0;
        _json.Raw(isFirst ? default : ","u8);
        Field("\"length\":"u8, transaction.ResponseLength);
        OptionalField(",\"url\":"u8, transaction.Target.Value);
        OptionalField(",\"http_user_agent\":"u8, transaction.UserAgent.Value);
        OptionalField(",\"xff\":"u8, transaction.ForwardedFor.Value);
        OptionalField(",\"http_content_type\":"u8, MediaType(transaction.ContentType.Value));
        ContentRange(transaction.ContentRange.Value);
        OptionalField(",\"http_refer\":"u8, transaction.Referrer.Value);
        OptionalField(",\"http_method\":"u8, transaction.Method.Value);
        OptionalField(",\"protocol\":"u8, transaction.Protocol.Value);
        if (transaction.Status != 0)
        {
            Field(",\"status\":"u8, transaction.Status);
        }

        OptionalField(",\"redirect\":"u8, transaction.Location.Value);
        if (transaction.Http2 is { } details)
        {
            Http2Fields(details);
        }

        _json.Raw("}"u8);
    }

    private void Http2Fields(Http2Details details)
    {
        _json.Raw(",\"version\":\"2\""u8);
        HeaderList(",\"request_headers\":["u8, details.RequestHeaders);
        HeaderList(",\"response_headers\":["u8, details.ResponseHeaders);
        Field(",\"http2\":{\"stream_id\":"u8, details.Stream);
        _json.Raw(",\"request\":{"u8);
        ErrorCode(details.RequestError);
        _json.Raw("},\"response\":{"u8);
        ErrorCode(details.ResponseError);
        _json.Raw("}}"u8);
    }

    private void HeaderList(ReadOnlySpan<byte> open, Http2HeaderLog headers)
    {
        var position = 0;
        var isFirst = true;
        while (headers.TryRead(ref position, out var name, out var value))
        {
            _json.Raw(isFirst ? open : ","u8);
            isFirst = false;
            Field("{\"name\":"u8, name);
            Field(",\"value\":"u8, value);
            _json.Raw("}"u8);
        }

        _json.Raw(isFirst ? default : "]"u8);
    }

    private void ErrorCode(uint? code)
    {
        if (code is not { } number)
        {
            return;
        }

        _json.Raw("\"error_code\":\""u8);
        var name = Http2Details.ErrorName(number);
        if (name.IsEmpty)
        {
            _json.Number(number);
        }
        else
        {
            _json.Raw(name);
        }

        _json.Raw("\""u8);
    }

    private void ContentRange(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        Field(",\"content_range\":{\"raw\":"u8, value);
        var range = HttpRange.Parse(value);
        if (range.First >= 0)
        {
            Field(",\"start\":"u8, range.First);
            Field(",\"end\":"u8, range.Last);
        }

        if (range.Size >= 0)
        {
            Field(",\"size\":"u8, range.Size);
        }

        _json.Raw("}"u8);
    }

    private static ReadOnlySpan<byte> MediaType(ReadOnlySpan<byte> contentType)
    {
        var semicolon = contentType.IndexOf((byte)';');
        return semicolon < 0 ? contentType : contentType[..semicolon];
    }
}
