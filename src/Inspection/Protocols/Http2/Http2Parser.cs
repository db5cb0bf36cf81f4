using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>HTTP/2 in clear text (RFC 9113): with prior knowledge, or after an upgrade.</summary>
internal sealed class Http2Parser(ParserResources shared) : ProtocolParser
{
    /// <summary>Servers allow about a hundred streams at a time; beyond this the oldest is taken for over.</summary>
    private const int MaxStreams = 256;

    /// <summary>Frames that have to be read as a whole are not longer (RFC 9113, 4.2: 16 KiB unless agreed otherwise).</summary>
    private const int MaxWholeFrame = 64 << 10;

    private readonly Dictionary<uint, Http2Stream> _streams = [];
    private readonly Queue<uint> _order = new();
    private readonly Stack<Http2Stream> _free = new();
    private readonly Http2Side _client = new(shared.HeaderScratch);
    private readonly Http2Side _server = new(shared.HeaderScratch);
    private int _count;

    public override AppProtocol Protocol => AppProtocol.Http2;

    public override bool IsSettled => false;

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var side = direction == Direction.ToServer ? _client : _server;
        var rest = data;
        if (!TryReadPreface(direction, side, ref rest, ref wanted))
        {
            return wanted > 0 ? 0 : GiveUp(observations);
        }

        while (true)
        {
            ReadPayload(observations, flow, direction, side, ref rest);
            if (side.PayloadLeft > 0 || rest.Length < Http2Frame.HeaderLength)
            {
                wanted = side.PayloadLeft > 0 ? 0 : Http2Frame.HeaderLength;
                return data.Length - rest.Length;
            }

            var frame = Http2Frame.Read(rest);
            var isWhole = IsReadWhole(frame);
            if (isWhole && frame.Length > MaxWholeFrame)
            {
                return GiveUp(observations);
            }

            // Of DATA the padding's length has to be there too.
            var needed = Http2Frame.HeaderLength + (isWhole ? frame.Length : frame is { Type: Http2FrameType.Data, IsPadded: true, Length: > 0 } ? 1 : 0);
            if (rest.Length < needed)
            {
                wanted = needed;
                return data.Length - rest.Length;
            }

            var payload = rest[Http2Frame.HeaderLength..needed];
            rest = rest[needed..];
            if (!(isWhole ? TryReadFrame(observations, flow, direction, side, frame, payload) : TryStartPayload(observations, flow, direction, side, frame, payload)))
            {
                return GiveUp(observations);
            }
        }
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        // Beyond a payload that is only passed on the place of the next frame is unknown, and header blocks would be missing.
        var side = direction == Direction.ToServer ? _client : _server;
        if (length > side.PayloadLeft)
        {
            return false;
        }

        var body = (int)Math.Min(length, Math.Max(side.PayloadLeft - side.Padding, 0));
        side.Body?.Skip(observations, flow, direction, body);
        side.PayloadLeft -= (int)length;
        EndPayload(observations, flow, direction, side);
        return true;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        while (_order.TryDequeue(out var number))
        {
            Close(observations, flow, number);
        }
    }

    public override void Reset()
    {
        foreach (var stream in _streams.Values)
        {
            stream.Reset();
            _free.Push(stream);
        }

        _streams.Clear();
        _order.Clear();
        _client.Reset();
        _server.Reset();
        _count = 0;
    }

    private static bool IsReadWhole(in Http2Frame frame) => frame.Type is
        Http2FrameType.Headers or Http2FrameType.PushPromise or Http2FrameType.Continuation or Http2FrameType.ResetStream;

    private static int GiveUp(Observations observations)
    {
        observations.CountMalformed();
        return -1;
    }

    private static bool TryReadPreface(Direction direction, Http2Side side, ref ReadOnlySpan<byte> data, ref int wanted)
    {
        if (side.HasPreface || direction == Direction.ToClient)
        {
            return true;
        }

        var preface = Http2Probe.Preface;
        if (data.Length < preface.Length)
        {
            wanted = preface[..data.Length].SequenceEqual(data) ? preface.Length : 0;
            return false;
        }

        side.HasPreface = data.StartsWith(preface);
        data = side.HasPreface ? data[preface.Length..] : data;
        return side.HasPreface;
    }

    /// <summary>Passes on what has come of a payload that need not be whole.</summary>
    private void ReadPayload(Observations observations, Flow flow, Direction direction, Http2Side side, ref ReadOnlySpan<byte> data)
    {
        if (side.PayloadLeft == 0)
        {
            return;
        }

        var length = Math.Min(side.PayloadLeft, data.Length);
        var body = Math.Min(length, side.PayloadLeft - side.Padding);
        if (body > 0)
        {
            side.Body?.Data(observations, flow, direction, data[..body]);
        }

        data = data[length..];
        side.PayloadLeft -= length;
        EndPayload(observations, flow, direction, side);
    }

    private void EndPayload(Observations observations, Flow flow, Direction direction, Http2Side side)
    {
        if (side.PayloadLeft > 0)
        {
            return;
        }

        if (side is { Body: { } stream, IsLast: true })
        {
            EndSide(observations, flow, stream, direction, isWhole: true);
        }

        side.Body = null;
        side.Padding = 0;
        side.IsLast = false;
    }

    private bool TryStartPayload(Observations observations, Flow flow, Direction direction, Http2Side side, in Http2Frame frame, ReadOnlySpan<byte> padding)
    {
        if (side.BlockFrame is not null)
        {
            // RFC 9113, 6.10: nothing may come between the parts of a header block.
            return false;
        }

        side.PayloadLeft = frame.Length - padding.Length;
        side.Padding = padding.IsEmpty ? 0 : padding[0];
        side.Body = frame.Type == Http2FrameType.Data ? _streams.GetValueOrDefault(frame.Stream) : null;
        side.IsLast = frame.Type == Http2FrameType.Data && frame.IsEndOfStream;
        EndPayload(observations, flow, direction, side);
        return side.Padding <= side.PayloadLeft;
    }

    private bool TryReadFrame(Observations observations, Flow flow, Direction direction, Http2Side side, in Http2Frame frame, ReadOnlySpan<byte> payload)
    {
        switch (frame.Type)
        {
            case Http2FrameType.Continuation:
                if (side.BlockFrame is not { } first || first.Stream != frame.Stream)
                {
                    return false;
                }

                side.Block.Append(payload);
                return !frame.IsEndOfHeaders || TryReadBlock(observations, flow, direction, side, first, side.Block.Value);
            case Http2FrameType.ResetStream:
                ReadReset(observations, flow, direction, frame, payload);
                return side.BlockFrame is null;
        }

        if (side.BlockFrame is not null || !frame.TryUnwrap(payload, out var block))
        {
            return false;
        }

        if (frame.IsEndOfHeaders)
        {
            return TryReadBlock(observations, flow, direction, side, frame, block);
        }

        side.BlockFrame = frame;
        side.Block.Set(block);
        return true;
    }

    private bool TryReadBlock(Observations observations, Flow flow, Direction direction, Http2Side side, in Http2Frame frame, ReadOnlySpan<byte> block)
    {
        const int PromisedLength = 4;
        side.BlockFrame = null;
        var number = frame.Stream;
        if (frame.Type == Http2FrameType.PushPromise)
        {
            // RFC 9113, 8.4: the server makes the request that it is about to answer.
            if (block.Length < PromisedLength)
            {
                return false;
            }

            number = BinaryPrimitives.ReadUInt32BigEndian(block) & 0x7FFF_FFFF;
            block = block[PromisedLength..];
            direction = Direction.ToServer;
        }

        var stream = Open(observations, flow, number);
        stream.BeginHeaders(direction);
        if (!side.Headers.TryDecode(block, stream))
        {
            return false;
        }

        stream.EndHeaders(observations, flow);
        if (frame.IsEndOfStream || frame.Type == Http2FrameType.PushPromise)
        {
            EndSide(observations, flow, stream, direction, isWhole: true);
        }

        return true;
    }

    private void ReadReset(Observations observations, Flow flow, Direction direction, in Http2Frame frame, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 4 || !_streams.TryGetValue(frame.Stream, out var stream))
        {
            return;
        }

        var error = BinaryPrimitives.ReadUInt32BigEndian(payload);
        if (direction == Direction.ToServer)
        {
            stream.Transaction.Http2!.RequestError = error;
        }
        else
        {
            stream.Transaction.Http2!.ResponseError = error;
        }

        stream.End(Direction.ToServer, isWhole: stream.Transaction.IsRequestComplete);
        EndSide(observations, flow, stream, Direction.ToClient, isWhole: false);
    }

    private Http2Stream Open(Observations observations, Flow flow, uint number)
    {
        if (_streams.TryGetValue(number, out var stream))
        {
            return stream;
        }

        while (_streams.Count >= MaxStreams && _order.TryDequeue(out var oldest))
        {
            Close(observations, flow, oldest);
        }

        stream = _free.TryPop(out var recycled) ? recycled : new Http2Stream(shared.Decoders);
        stream.Transaction.Http2!.Stream = number;
        stream.Transaction.Number = _count++;
        _streams.Add(number, stream);
        _order.Enqueue(number);
        return stream;
    }

    private void EndSide(Observations observations, Flow flow, Http2Stream stream, Direction direction, bool isWhole)
    {
        stream.End(direction, isWhole);
        if (stream.IsOver)
        {
            Close(observations, flow, stream.Transaction.Http2!.Stream);
        }
    }

    private void Close(Observations observations, Flow flow, uint number)
    {
        if (!_streams.Remove(number, out var stream))
        {
            return;
        }

        stream.End(Direction.ToServer, isWhole: false);
        stream.End(Direction.ToClient, isWhole: false);
        Forget(_client, stream);
        Forget(_server, stream);
        observations.HttpTransaction(flow, stream.Transaction);
        stream.Reset();
        _free.Push(stream);
        while (_order.TryPeek(out var oldest) && !_streams.ContainsKey(oldest))
        {
            _order.Dequeue();
        }
    }

    private static void Forget(Http2Side side, Http2Stream stream) => side.Body = side.Body == stream ? null : side.Body;
}
