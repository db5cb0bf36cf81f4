using System.Buffers.Text;
using MediaSecurityLite.Inspection.Compression;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Http;

namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>One request and its response (RFC 9113, 8.1). Recycled.</summary>
internal sealed class Http2Stream(ContentDecoderPool decoders) : IHeaderSink
{
    /// <summary>Fields of one block that are looked at; servers take a hundred or so.</summary>
    private const int MaxFields = 256;

    private readonly HttpHead _requestHead = new(isResponse: false);
    private readonly HttpHead _responseHead = new(isResponse: true);
    private HttpBody? _requestBody;
    private HttpBody? _responseBody;
    private Direction _headersOf;
    private bool _isTrailer;
    private int _fields;

    public HttpTransaction Transaction { get; } = new() { Http2 = new Http2Details() };

    /// <summary>Neither side will send more.</summary>
    public bool IsOver => Transaction is { IsRequestComplete: true, IsResponseComplete: true };

    /// <summary>A header block is about to be decoded.</summary>
    public void BeginHeaders(Direction direction)
    {
        var isRequest = direction == Direction.ToServer;
        _headersOf = direction;
        _fields = 0;
        _isTrailer = isRequest ? Transaction.HasRequest : Transaction.HasResponse && !IsInterim;
        if (isRequest || _isTrailer)
        {
            return;
        }

        Transaction.ResetResponse();
        _responseHead.Reset();
        Transaction.Http2!.ResponseHeaders.Clear();
    }

    /// <summary>A header block was decoded.</summary>
    public void EndHeaders(Observations observations, Flow flow)
    {
        if (_headersOf == Direction.ToClient)
        {
            Transaction.HasResponse = true;
        }
        else if (!_isTrailer)
        {
            Transaction.HasRequest = true;
            observations.HttpRequest(flow, Transaction.Request);
        }
    }

    /// <summary>Bytes of a body.</summary>
    public void Data(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> bytes)
    {
        Transaction.ResponseLength += direction == Direction.ToClient ? bytes.Length : 0;
        Body(observations, flow, direction)?.Append(bytes);
    }

    /// <summary>Bytes of a body are missing.</summary>
    public void Skip(Observations observations, Flow flow, Direction direction, long length) => Body(observations, flow, direction)?.Skip(length);

    /// <summary>One side has ended its message, or broken it off.</summary>
    public void End(Direction direction, bool isWhole)
    {
        var isRequest = direction == Direction.ToServer;
        var body = isRequest ? _requestBody : _responseBody;
        if (body is { IsOpen: true })
        {
            body.End(isWhole);
        }

        Transaction.IsRequestComplete |= isRequest;
        Transaction.IsResponseComplete |= !isRequest;
    }

    public void Reset()
    {
        _requestBody?.Reset();
        _responseBody?.Reset();
        _requestHead.Reset();
        _responseHead.Reset();
        Transaction.Reset();
        Transaction.Http2!.Reset();
    }

    void IHeaderSink.Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_isTrailer || ++_fields > MaxFields)
        {
            return;
        }

        if (_headersOf == Direction.ToServer)
        {
            Transaction.Http2!.RequestHeaders.Add(name, value);
            RequestHeader(new HttpHeaderLine(name, value));
        }
        else
        {
            Transaction.Http2!.ResponseHeaders.Add(name, value);
            ResponseHeader(new HttpHeaderLine(name, value));
        }
    }

    private bool IsInterim => Transaction.Status is >= 100 and < 200;

    /// <summary>RFC 9113, 8.3.1.</summary>
    private void RequestHeader(in HttpHeaderLine header)
    {
        switch (header.Name.Length)
        {
            case 5 when header.Is(":path"u8):
                Transaction.Target.Set(header.Value);
                break;
            case 7 when header.Is(":method"u8):
                Transaction.Method.Set(header.Value);
                break;
            case 10 when header.Is(":authority"u8):
                Transaction.Host.Set(header.Value);
                break;
            case 4 when header.Is("host"u8) && Transaction.Host.Length == 0:
                Transaction.Host.Set(header.Value);
                break;
            default:
                if (!Transaction.TryReadRequest(header))
                {
                    _requestHead.Read(header);
                }

                break;
        }
    }

    /// <summary>RFC 9113, 8.3.2.</summary>
    private void ResponseHeader(in HttpHeaderLine header)
    {
        if (header.Is(":status"u8))
        {
            Transaction.Status = Utf8Parser.TryParse(header.Value, out ushort status, out _) ? status : 0;
        }
        else if (!Transaction.TryReadResponse(header))
        {
            _responseHead.Read(header);
        }
    }

    private HttpBody? Body(Observations observations, Flow flow, Direction direction)
    {
        var isRequest = direction == Direction.ToServer;
        if (!observations.WantsFiles || (isRequest && !Transaction.BringsContent))
        {
            return null;
        }

        var body = isRequest ? _requestBody ??= new HttpBody(decoders) : _responseBody ??= new HttpBody(decoders);
        if (!body.IsOpen)
        {
            body.Begin(observations, flow, Transaction, direction, isRequest ? _requestHead : _responseHead);
        }

        return body;
    }
}
