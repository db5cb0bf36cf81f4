using System.Buffers.Text;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>HTTP/1.x on one connection: requests, possibly several before the first answer, and their responses in the same order.</summary>
internal sealed class HttpParser : ProtocolParser
{
    /// <summary>Requests that may wait for their responses; no client sends more.</summary>
    private const int MaxPipelined = 256;

    private readonly Queue<HttpTransaction> _open = new();
    private readonly Stack<HttpTransaction> _free = new();
    private HttpTransaction? _sending;
    private HttpMessageReader _requests;
    private HttpMessageReader _responses;
    private BodyFraming _requestBody;
    private BodyFraming _responseBody;
    private int _count;

    public override AppProtocol Protocol => AppProtocol.Http;

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var rest = data;
        var isSound = direction == Direction.ToServer ? ReadRequests(observations, flow, ref rest) : ReadResponses(observations, flow, ref rest);
        if (isSound)
        {
            return data.Length - rest.Length;
        }

        observations.CountMalformed();
        return -1;
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length) =>
        direction == Direction.ToServer ? _requests.TrySkip(length) : _responses.TrySkip(length);

    public override void End(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> unread)
    {
        if (direction == Direction.ToClient && _responses.IsUntilClose)
        {
            CompleteResponse(observations, flow);
        }
    }

    public override void Finish(Observations observations, Flow flow)
    {
        while (_open.TryDequeue(out var transaction))
        {
            if (transaction.HasRequest || transaction.Status != 0)
            {
                observations.HttpTransaction(flow, transaction);
            }

            Recycle(transaction);
        }
    }

    public override void Reset()
    {
        while (_open.TryDequeue(out var transaction))
        {
            Recycle(transaction);
        }

        _sending = null;
        _requests = _responses = default;
        _requestBody = _responseBody = default;
        _count = 0;
    }

    private bool ReadRequests(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (true)
        {
            var before = data.Length;
            if (!_requests.TryStep(ref data, out var step, out var piece))
            {
                return false;
            }

            switch (step)
            {
                case HttpStep.StartLine:
                    if (!StartRequest(piece))
                    {
                        return false;
                    }

                    break;
                case HttpStep.Header:
                    ReadRequestHeader(piece);
                    break;
                case HttpStep.HeadersEnd:
                    _requests.SetBody(_requestBody.IsChunked, _requestBody.Length, mayRunUntilClose: false);
                    var sent = _sending!;
                    observations.HttpRequest(flow, new HttpRequestHead(sent.Method.Value, sent.Target.Value, sent.Host.Value));
                    break;
                case HttpStep.MessageEnd:
                    _sending!.IsRequestComplete = true;
                    _sending = null;
                    break;
                case HttpStep.NeedMore when data.Length == before:
                    return true;
            }
        }
    }

    private bool ReadResponses(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (true)
        {
            var before = data.Length;
            if (!_responses.TryStep(ref data, out var step, out var piece))
            {
                return false;
            }

            switch (step)
            {
                case HttpStep.StartLine:
                    if (!StartResponse(piece))
                    {
                        return false;
                    }

                    break;
                case HttpStep.Header:
                    ReadResponseHeader(piece);
                    break;
                case HttpStep.HeadersEnd:
                    FrameResponse();
                    break;
                case HttpStep.Body:
                    _open.Peek().ResponseLength += piece.Length;
                    break;
                case HttpStep.MessageEnd:
                    CompleteResponse(observations, flow);
                    break;
                case HttpStep.NeedMore when data.Length == before:
                    return true;
            }
        }
    }

    /// <summary>RFC 9112, 3: method, target and version with one space between; HTTP/0.9 has no version.</summary>
    private bool StartRequest(ReadOnlySpan<byte> line)
    {
        var methodEnd = line.IndexOf((byte)' ');
        if (methodEnd <= 0 || _open.Count == MaxPipelined)
        {
            return false;
        }

        var target = line[(methodEnd + 1)..].Trim((byte)' ');
        var versionStart = target.LastIndexOf((byte)' ');
        var version = versionStart >= 0 && target[(versionStart + 1)..].StartsWith("HTTP/"u8) ? target[(versionStart + 1)..] : default;
        _sending = Open();
        _sending.HasRequest = true;
        _sending.Method.Set(line[..methodEnd]);
        _sending.Target.Set(version.IsEmpty ? target : target[..versionStart].TrimEnd((byte)' '));
        _sending.Protocol.Set(version);
        _requestBody = default;
        return true;
    }

    private void ReadRequestHeader(ReadOnlySpan<byte> line)
    {
        if (!TrySplitHeader(line, out var name, out var value))
        {
            return;
        }

        var transaction = _sending!;
        if (Is(name, "host"u8) && transaction.Host.Length == 0)
        {
            transaction.Host.Set(value);
        }
        else if (Is(name, "user-agent"u8))
        {
            transaction.UserAgent.Set(value);
        }
        else if (Is(name, "referer"u8))
        {
            transaction.Referrer.Set(value);
        }
        else
        {
            _requestBody.Read(name, value);
        }
    }

    private bool StartResponse(ReadOnlySpan<byte> line)
    {
        // "HTTP/1.1 200 OK"
        if (!line.StartsWith("HTTP/"u8))
        {
            return false;
        }

        var transaction = _open.TryPeek(out var oldest) ? oldest : Open();
        var space = line.IndexOf((byte)' ');
        var rest = space < 0 ? default : line[(space + 1)..].TrimStart((byte)' ');
        transaction.Status = Utf8Parser.TryParse(rest, out int status, out _) ? status : 0;
        _responseBody = default;
        return true;
    }

    private void ReadResponseHeader(ReadOnlySpan<byte> line)
    {
        if (!TrySplitHeader(line, out var name, out var value))
        {
            return;
        }

        if (Is(name, "content-type"u8))
        {
            _open.Peek().ContentType.Set(value);
        }
        else
        {
            _responseBody.Read(name, value);
        }
    }

    /// <summary>RFC 9112, 6.3: which responses have no body whatever their headers say.</summary>
    private void FrameResponse()
    {
        var transaction = _open.Peek();
        var isInterim = transaction.Status is >= 100 and < 200;
        var isBodiless = isInterim || transaction.Status is 204 or 304 || Is(transaction.Method.Value, "head"u8);
        var isTunnel = Is(transaction.Method.Value, "connect"u8) && transaction.Status is >= 200 and < 300;
        if (isBodiless)
        {
            _responses.SetBody(isChunked: false, 0, mayRunUntilClose: false);
        }
        else
        {
            _responses.SetBody(_responseBody.IsChunked && !isTunnel, isTunnel ? null : _responseBody.Length, mayRunUntilClose: true);
        }
    }

    private void CompleteResponse(Observations observations, Flow flow)
    {
        if (!_open.TryPeek(out var transaction) || transaction.Status is >= 100 and < 200 and not 101)
        {
            return;
        }

        _open.Dequeue();
        observations.HttpTransaction(flow, transaction);
        if (transaction != _sending)
        {
            Recycle(transaction);
        }
    }

    private HttpTransaction Open()
    {
        var transaction = _free.TryPop(out var recycled) ? recycled : new HttpTransaction();
        transaction.Number = _count++;
        _open.Enqueue(transaction);
        return transaction;
    }

    private void Recycle(HttpTransaction transaction)
    {
        transaction.Reset();
        _free.Push(transaction);
    }

    private static bool TrySplitHeader(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var colon = line.IndexOf((byte)':');
        name = colon <= 0 ? default : line[..colon].TrimEnd(" \t"u8);
        value = colon <= 0 ? default : line[(colon + 1)..].Trim(" \t"u8);
        return colon > 0;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) =>
        System.Text.Ascii.EqualsIgnoreCase(name, expected);

    /// <summary>What the headers say about the body's length.</summary>
    private struct BodyFraming
    {
        public bool IsChunked { get; private set; }

        public long? Length { get; private set; }

        public void Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (Is(name, "content-length"u8))
            {
                Length = Utf8Parser.TryParse(value, out long length, out _) && length >= 0 ? length : Length;
            }
            else if (Is(name, "transfer-encoding"u8))
            {
                IsChunked = value.Length >= 7 && Is(value[^7..], "chunked"u8);
            }
        }
    }
}
