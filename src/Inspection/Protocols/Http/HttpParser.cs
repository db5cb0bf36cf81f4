using MediaSecurityLite.Inspection.Compression;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>HTTP/1.x on one connection: requests, possibly several before the first answer, and their responses in the same order.</summary>
internal sealed partial class HttpParser(ContentDecoderPool decoders) : ProtocolParser
{
    /// <summary>Requests that may wait for their responses; beyond it the oldest is taken for unanswered.</summary>
    private const int MaxPipelined = 256;

    private readonly Queue<HttpTransaction> _waiting = new();
    private readonly Stack<HttpTransaction> _free = new();
    private byte[] _folded = [];
    private int _count;
    private bool _isTunnelAsked;
    private bool _isSwitching;
    private AppProtocol _successor;

    public override AppProtocol Protocol => AppProtocol.Http;

    public override bool IsSettled => false;

    public override bool IsHandingOver => _isSwitching;

    public override AppProtocol Successor => _successor;

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

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        if (direction == Direction.ToServer)
        {
            SkipRequest(observations, flow, length);
        }
        else
        {
            SkipResponse(observations, flow, length);
        }

        return true;
    }

    public override void End(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> unread)
    {
        if (direction == Direction.ToServer)
        {
            _isTunnelAsked = false;
            _requests.IsFinal = true;
            if (ReadRequests(observations, flow, ref unread) && _requests.IsUnannounced)
            {
                CompleteRequest(observations, flow, isWhole: true);
            }
        }
        else
        {
            _responses.IsFinal = true;
            if (ReadResponses(observations, flow, ref unread) && _responses.IsUntilClose)
            {
                CompleteResponse(observations, flow, isWhole: true);
            }
        }
    }

    public override void Finish(Observations observations, Flow flow)
    {
        EndBody(_requestBody, isComplete: false);
        EndBody(_responseBody, isComplete: false);
        var sending = _sending is { IsResponseComplete: true } ? _sending : null;
        _sending = null;
        Report(observations, flow, sending);
        Report(observations, flow, _answered);
        _answered = null;
        while (_waiting.TryDequeue(out var transaction))
        {
            Report(observations, flow, transaction);
        }
    }

    public override void Reset()
    {
        _requestBody?.Reset();
        _responseBody?.Reset();
        Recycle(_sending is { IsResponseComplete: true } ? _sending : null);
        Recycle(_answered);
        while (_waiting.TryDequeue(out var transaction))
        {
            Recycle(transaction);
        }

        _sending = _answered = null;
        _requests = new HttpMessageReader(isResponse: false);
        _responses = new HttpMessageReader(isResponse: true);
        _requestHead.Reset();
        _responseHead.Reset();
        _count = 0;
        _isTunnelAsked = _isSwitching = false;
        _successor = AppProtocol.Unknown;
    }

    private HttpTransaction Open()
    {
        var transaction = _free.TryPop(out var recycled) ? recycled : new HttpTransaction();
        transaction.Number = _count++;
        return transaction;
    }

    /// <summary>Both sides of it are over.</summary>
    private void Report(Observations observations, Flow flow, HttpTransaction? transaction)
    {
        if (transaction is not null)
        {
            observations.HttpTransaction(flow, transaction);
            Recycle(transaction);
        }
    }

    private void Recycle(HttpTransaction? transaction)
    {
        if (transaction is not null)
        {
            transaction.Reset();
            _free.Push(transaction);
        }
    }

    private static void EndBody(HttpBody? body, bool isComplete)
    {
        if (body is { IsOpen: true })
        {
            body.End(isComplete);
        }
    }
}
