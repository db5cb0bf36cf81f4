using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <content>What the client sends.</content>
internal sealed partial class HttpParser
{
    private readonly HttpHead _requestHead = new(isResponse: false);
    private HttpMessageReader _requests = new(isResponse: false);
    private HttpTransaction? _sending;
    private HttpBody? _requestBody;

    private bool ReadRequests(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        // Behind a CONNECT the server decides what the connection speaks.
        while (!_isTunnelAsked)
        {
            if (!_requests.TryStep(ref data, out var step, out var piece))
            {
                return false;
            }

            switch (step)
            {
                case HttpStep.StartLine:
                    StartRequest(observations, flow, piece);
                    break;
                case HttpStep.Header:
                    ReadRequestHeaders(piece);
                    break;
                case HttpStep.HeadersEnd:
                    FrameRequest(observations, flow);
                    break;
                case HttpStep.Body:
                    RequestBody(observations, flow)?.Append(piece);
                    break;
                case HttpStep.MessageEnd:
                    CompleteRequest(observations, flow, isWhole: true);
                    break;
                default:
                    return true;
            }
        }

        return true;
    }

    /// <summary>
    /// RFC 9112, 3: method, target and version with one space between. As servers do, any white space between them is taken, what
    /// follows the target's first space is the version, and HTTP/0.9 has none.
    /// </summary>
    private void StartRequest(Observations observations, Flow flow, ReadOnlySpan<byte> line)
    {
        var methodEnd = line.IndexOfAny(" \t\v\f\r"u8);
        var method = methodEnd < 0 ? line : line[..methodEnd];
        var rest = methodEnd < 0 ? default : line[methodEnd..].Trim(" \t\v\f\r"u8);
        var targetEnd = rest.IndexOf((byte)' ');
        targetEnd = targetEnd < 0 ? rest.IndexOfAny("\t\v\f\r"u8) : targetEnd;
        var target = targetEnd < 0 ? rest : rest[..targetEnd];
        var version = targetEnd < 0 ? default : rest[targetEnd..].TrimStart(" \t\v\f\r"u8);
        if (version.IndexOf("HTTP/"u8) < 0 && HttpMethods.Starts(line) != Probe.Yes)
        {
            // No request: what a client sends behind the end of a body, mostly.
            observations.CountMalformed();
            _requests.Restart();
            return;
        }

        if (_waiting.Count == MaxPipelined)
        {
            Report(observations, flow, _waiting.Dequeue());
        }

        _sending = Open();
        _waiting.Enqueue(_sending);
        _sending.HasRequest = true;
        _sending.Method.Set(method);
        _sending.Target.Set(target);
        _sending.Protocol.Set(version);
        _requestHead.Reset();
        if (version.IsEmpty)
        {
            // HTTP/0.9: there may be no more than this line.
            observations.HttpRequest(flow, _sending.Request);
        }
    }

    private void ReadRequestHeaders(ReadOnlySpan<byte> line)
    {
        var transaction = _sending!;
        while (HttpHeaderLine.TryRead(ref line, isResponse: false, ref _folded, out var header))
        {
            if (header.Is("host"u8))
            {
                HttpTransaction.Add(transaction.Host, header.Value);
            }
            else if (!transaction.TryReadRequest(header))
            {
                _requestHead.Read(header);
            }
        }
    }

    private void FrameRequest(Observations observations, Flow flow)
    {
        var transaction = _sending!;
        _isTunnelAsked = transaction.IsConnect && !_requests.IsFinal;
        if (!_requestHead.HasLength && transaction.BringsContent)
        {
            _requests.SetUnannouncedBody();
        }
        else
        {
            _requests.SetBody(_requestHead.IsChunked, transaction.IsConnect ? 0 : _requestHead.Length ?? 0, mayRunUntilClose: false);
        }

        if (transaction.Protocol.Length > 0)
        {
            observations.HttpRequest(flow, transaction.Request);
        }
    }

    private HttpBody? RequestBody(Observations observations, Flow flow)
    {
        if (_requestBody is { IsOpen: true })
        {
            return _requestBody;
        }

        if (!observations.WantsFiles || _sending is null || !_sending.BringsContent)
        {
            return null;
        }

        _requestBody ??= new HttpBody(decoders);
        _requestBody.Begin(observations, flow, _sending, Direction.ToServer, _requestHead);
        return _requestBody;
    }

    private void CompleteRequest(Observations observations, Flow flow, bool isWhole)
    {
        EndBody(_requestBody, isWhole);
        if (_sending is { } transaction)
        {
            _sending = null;
            transaction.IsRequestComplete = true;
            if (transaction.IsResponseComplete)
            {
                Report(observations, flow, transaction);
            }
        }
    }

    private void SkipRequest(Observations observations, Flow flow, long length)
    {
        var skipped = _requests.Skip(length);
        if (skipped > 0)
        {
            RequestBody(observations, flow)?.Skip(skipped);
        }

        if (skipped < length)
        {
            CompleteRequest(observations, flow, isWhole: false);
            _requests.Lose();
        }
    }
}
