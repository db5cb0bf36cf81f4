using System.Buffers.Text;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <content>What the server answers.</content>
internal sealed partial class HttpParser
{
    private readonly HttpHead _responseHead = new(isResponse: true);
    private HttpMessageReader _responses = new(isResponse: true);
    private HttpTransaction? _answered;
    private HttpBody? _responseBody;

    private bool ReadResponses(Observations observations, Flow flow, ref ReadOnlySpan<byte> data)
    {
        while (!_isSwitching)
        {
            if (!_responses.TryStep(ref data, out var step, out var piece))
            {
                return false;
            }

            switch (step)
            {
                case HttpStep.StartLine:
                    StartResponse(piece);
                    break;
                case HttpStep.NoStatusLine:
                    StartBareResponse(observations);
                    break;
                case HttpStep.Header:
                    ReadResponseHeaders(piece);
                    break;
                case HttpStep.HeadersEnd:
                    FrameResponse(observations, flow);
                    break;
                case HttpStep.Body:
                    _answered!.ResponseLength += piece.Length;
                    ResponseBody(observations, flow)?.Append(piece);
                    break;
                case HttpStep.MessageEnd:
                    CompleteResponse(observations, flow, isWhole: true);
                    break;
                default:
                    return true;
            }
        }

        return true;
    }

    /// <summary>RFC 9112, 4: version, status code, reason.</summary>
    private void StartResponse(ReadOnlySpan<byte> line)
    {
        var transaction = _answered ??= _waiting.TryDequeue(out var oldest) ? oldest : Open();
        transaction.ResetResponse();
        transaction.HasResponse = true;
        var versionEnd = line.IndexOfAny(" \t\v\f"u8);
        var rest = versionEnd < 0 ? default : line[versionEnd..].TrimStart(" \t\v\f"u8);
        transaction.Status = Utf8Parser.TryParse(rest, out ushort status, out _) ? status : 0;
        _responseHead.Reset();
    }

    /// <summary>HTTP/0.9 answers with the body alone. Where nothing was asked, it is no answer.</summary>
    private void StartBareResponse(Observations observations)
    {
        if (_waiting.TryDequeue(out var transaction))
        {
            _answered = transaction;
            transaction.HasResponse = true;
            _responseHead.Reset();
            _responses.SetBody(isChunked: false, null, mayRunUntilClose: true);
        }
        else
        {
            observations.CountMalformed();
            _responses.Lose();
        }
    }

    private void ReadResponseHeaders(ReadOnlySpan<byte> line)
    {
        var transaction = _answered!;
        while (HttpHeaderLine.TryRead(ref line, isResponse: true, ref _folded, out var header))
        {
            if (!transaction.TryReadResponse(header))
            {
                _responseHead.Read(header);
            }
        }
    }

    /// <summary>RFC 9112, 6.3: which responses have a body, and where it ends.</summary>
    private void FrameResponse(Observations observations, Flow flow)
    {
        var transaction = _answered!;
        if (IsSwitch(transaction))
        {
            _isSwitching = true;
            _successor = FindSuccessor(transaction);
            transaction.IsRequestComplete = true;
            CompleteResponse(observations, flow, isWhole: false);
        }
        else if (transaction.IsHead)
        {
            _responses.SetBody(isChunked: false, 0, mayRunUntilClose: false);
        }
        else if (transaction.Status is (>= 100 and < 200) or 204 or 304)
        {
            // They have no body, but browsers take what is there; only what follows tells.
            _responses.SetDoubtfulBody(_responseHead.IsChunked, _responseHead.Length);
        }
        else
        {
            _responses.SetBody(_responseHead.IsChunked, _responseHead.Length, mayRunUntilClose: true);
        }

        _isTunnelAsked &= !transaction.IsConnect || IsInterim(transaction);
    }

    private HttpBody? ResponseBody(Observations observations, Flow flow)
    {
        if (_responseBody is { IsOpen: true })
        {
            return _responseBody;
        }

        if (!observations.WantsFiles)
        {
            return null;
        }

        _responseBody ??= new HttpBody(decoders);
        _responseBody.Begin(observations, flow, _answered!, Direction.ToClient, _responseHead);
        return _responseBody;
    }

    private void CompleteResponse(Observations observations, Flow flow, bool isWhole)
    {
        EndBody(_responseBody, isWhole);
        if (_answered is not { } transaction || (isWhole && IsInterim(transaction)))
        {
            return;
        }

        _answered = null;
        transaction.IsResponseComplete = true;
        if (transaction == _sending && _requests.IsUnannounced)
        {
            CompleteRequest(observations, flow, isWhole: true);
            _requests.Restart();
            return;
        }

        if (transaction.IsRequestComplete || !transaction.HasRequest)
        {
            _sending = _sending == transaction ? null : _sending;
            Report(observations, flow, transaction);
        }
    }

    private void SkipResponse(Observations observations, Flow flow, long length)
    {
        var skipped = _responses.Skip(length);
        if (skipped > 0)
        {
            ResponseBody(observations, flow)?.Skip(skipped);
        }

        if (skipped < length)
        {
            CompleteResponse(observations, flow, isWhole: false);
            _responses.Lose();
        }
    }

    /// <summary>RFC 9110, 9.3.6 and 7.8: behind this response the connection speaks something else.</summary>
    private bool IsSwitch(HttpTransaction transaction) =>
        (transaction.IsConnect && transaction.Status is >= 200 and < 300) || (transaction.Status == 101 && !_responseHead.HasLength);

    /// <summary>RFC 9110, 15.2: the final response follows.</summary>
    private static bool IsInterim(HttpTransaction transaction) => transaction.Status is >= 100 and < 200 and not 101;

    private AppProtocol FindSuccessor(HttpTransaction transaction)
    {
        var upgrade = transaction.IsConnect ? default : _responseHead.Upgrade.Value;
        return System.Text.Ascii.EqualsIgnoreCase(upgrade, "websocket"u8) ? AppProtocol.WebSocket
            : System.Text.Ascii.EqualsIgnoreCase(upgrade, "h2c"u8) ? AppProtocol.Http2 : AppProtocol.Unknown;
    }
}
