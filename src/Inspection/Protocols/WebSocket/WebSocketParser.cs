using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.WebSocket;

/// <summary>
/// WebSocket frames (RFC 6455, 5.2): passed over, their number and bytes counted.
/// <code>
/// | FIN 1 RSV 3 opcode 4 | MASK 1 length 7 | (length 16 if 126, 64 if 127) | (masking key 32) | payload |
/// </code>
/// </summary>
internal sealed class WebSocketParser : ProtocolParser
{
    private const int MaskKeyLength = 4;

    private readonly long[] _left = new long[2];
    private readonly long[] _frames = new long[2];
    private readonly long[] _bytes = new long[2];

    public override AppProtocol Protocol => AppProtocol.WebSocket;

    /// <summary>Frames seen in this direction.</summary>
    public long Frames(Direction direction) => _frames[(int)direction];

    /// <summary>Bytes of payload seen in this direction.</summary>
    public long PayloadBytes(Direction direction) => _bytes[(int)direction];

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var side = (int)direction;
        var taken = 0;
        while (true)
        {
            var payload = (int)Math.Min(_left[side], data.Length - taken);
            _left[side] -= payload;
            _bytes[side] += payload;
            taken += payload;
            if (!TryReadHead(data[taken..], out var headLength, out var length))
            {
                wanted = headLength;
                return taken;
            }

            if (length < 0)
            {
                observations.CountMalformed();
                return -1;
            }

            taken += headLength;
            _left[side] = length;
            _frames[side]++;
        }
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        // Beyond the payload nobody knows where the next frame starts.
        var isWithin = length <= _left[(int)direction];
        _left[(int)direction] -= isWithin ? length : 0;
        return isWithin;
    }

    public override void Finish(Observations observations, Flow flow) => observations.WebSocket(flow, this);

    public override void Reset()
    {
        _left.AsSpan().Clear();
        _frames.AsSpan().Clear();
        _bytes.AsSpan().Clear();
    }

    /// <remarks><paramref name="length"/>: Bytes of payload; negative if the length is impossible (its highest bit must be 0).</remarks>
    /// <returns>False if the head, of which <paramref name="headLength"/> bytes are needed, is not there yet.</returns>
    private static bool TryReadHead(ReadOnlySpan<byte> data, out int headLength, out long length)
    {
        length = 0;
        headLength = 2;
        if (data.Length < headLength)
        {
            return false;
        }

        var code = data[1] & 0x7F;
        headLength += (code switch { 126 => 2, 127 => 8, _ => 0 }) + ((data[1] & 0x80) != 0 ? MaskKeyLength : 0);
        if (data.Length < headLength)
        {
            return false;
        }

        length = code switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(data[2..]),
            _ => code,
        };
        return true;
    }
}
