using System.Buffers.Text;
using System.Text;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Sip;

/// <summary>SIP (RFC 3261) over UDP and TCP: who calls whom, and what is answered.</summary>
internal sealed class SipParser : ProtocolParser
{
    private const int MaxLine = 8192;

    private Side _client;
    private Side _server;

    public override AppProtocol Protocol => AppProtocol.Sip;

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)'\n');
        if (end > 0 && SipStartLine.TryRead(data[..end].TrimEnd((byte)'\r'), out var start))
        {
            observations.Sip(flow, direction, start);
        }
    }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        ref var side = ref direction == Direction.ToServer ? ref _client : ref _server;
        var rest = data;
        while (true)
        {
            var body = (int)Math.Min(side.BodyLeft, rest.Length);
            rest = rest[body..];
            side.BodyLeft -= body;
            if (side.BodyLeft > 0 || !side.Lines.TryTake(ref rest, MaxLine, out var line))
            {
                return data.Length - rest.Length;
            }

            if (!TakeLine(observations, flow, direction, ref side, line))
            {
                observations.CountMalformed();
                return -1;
            }
        }
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        ref var side = ref direction == Direction.ToServer ? ref _client : ref _server;
        if (length > side.BodyLeft)
        {
            return false;
        }

        side.BodyLeft -= length;
        return true;
    }

    public override void Reset() => _client = _server = default;

    private static bool TakeLine(Observations observations, Flow flow, Direction direction, ref Side side, ReadOnlySpan<byte> line)
    {
        if (!side.IsInHeader)
        {
            // Empty lines between messages keep the connection alive (RFC 5626, 4.4.1).
            if (line.IsEmpty)
            {
                return true;
            }

            if (!SipStartLine.TryRead(line, out var start))
            {
                return false;
            }

            observations.Sip(flow, direction, start);
            side.IsInHeader = true;
            side.Announced = 0;
        }
        else if (line.IsEmpty)
        {
            side.IsInHeader = false;
            side.BodyLeft = side.Announced;
        }
        else
        {
            ReadLength(ref side, line);
        }

        return true;
    }

    /// <summary>RFC 3261, 20.14: <c>Content-Length</c>, or <c>l</c> for short.</summary>
    private static void ReadLength(ref Side side, ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? default : line[..colon].TrimEnd(" \t"u8);
        var isLength = Ascii.EqualsIgnoreCase(name, "content-length"u8) || Ascii.EqualsIgnoreCase(name, "l"u8);
        if (isLength && Utf8Parser.TryParse(line[(colon + 1)..].Trim(" \t"u8), out uint length, out _))
        {
            side.Announced = length;
        }
    }

    private struct Side
    {
        public LineReader Lines;
        public bool IsInHeader;
        public long Announced;
        public long BodyLeft;
    }
}
