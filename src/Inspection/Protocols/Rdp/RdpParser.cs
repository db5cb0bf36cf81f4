using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Rdp;

/// <summary>
/// The start of an RDP connection (MS-RDPBCGR, 1.3.1.1): who asks, which security is agreed upon. With TLS the rest is handed
/// over; without, the client's own description is read.
/// </summary>
internal sealed class RdpParser : ProtocolParser
{
    private const uint StandardSecurity = 0;

    private bool _isHandingOver;
    private bool _isConfirmed;

    public override AppProtocol Protocol => AppProtocol.Rdp;

    public override bool IsHandingOver => _isHandingOver;

    /// <summary>The user name of the cookie; empty where there is none.</summary>
    public KeptField Cookie { get; } = new(128);

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var taken = 0;
        while (!_isHandingOver && data.Length - taken >= RdpTransport.FrameLength)
        {
            var frame = data[taken..];
            var length = RdpTransport.Length(frame);
            if (frame[0] != RdpTransport.Version || length < RdpTransport.DataHeaderLength)
            {
                // Fast-path or encrypted: nothing more to read.
                return -1;
            }

            if (frame.Length < length)
            {
                wanted = length;
                break;
            }

            taken += length;
            if (!TakeFrame(observations, flow, direction, frame[..length]))
            {
                return -1;
            }
        }

        return taken;
    }

    public override void Reset()
    {
        Cookie.Clear();
        _isHandingOver = _isConfirmed = false;
    }

    /// <returns>False once nothing more is to be read.</returns>
    private bool TakeFrame(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> frame)
    {
        var code = frame[5] & 0xF0;
        var rest = frame.Length > RdpTransport.HeaderLength ? frame[RdpTransport.HeaderLength..] : default;
        if (direction == Direction.ToServer && code == RdpTransport.ConnectionRequest)
        {
            ReadRequest(rest);
            observations.RdpRequest(flow, this);
            return true;
        }

        if (direction == Direction.ToClient && code == RdpTransport.ConnectionConfirm)
        {
            ReadConfirm(observations, flow, rest);
            return true;
        }

        if (direction == Direction.ToServer && code == RdpTransport.Data && RdpClientCore.TryFind(frame, out var core))
        {
            observations.RdpClient(flow, core);
            return false;
        }

        return _isConfirmed;
    }

    /// <summary>MS-RDPBCGR, 2.2.1.1: a cookie or routing token up to CR LF, then the negotiation.</summary>
    private void ReadRequest(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> prefix = "Cookie: mstshash="u8;
        var end = rest.IndexOf("\r\n"u8);
        if (end > 0 && rest[..end].StartsWith(prefix))
        {
            Cookie.Set(rest[prefix.Length..end]);
        }
    }

    /// <summary>MS-RDPBCGR, 2.2.1.2.1: <c>| type 1 | flags 1 | length 2 | protocol 4 |</c>, little-endian.</summary>
    private void ReadConfirm(Observations observations, Flow flow, ReadOnlySpan<byte> rest)
    {
        _isConfirmed = true;
        var isResponse = rest.Length >= 8 && rest[0] == RdpTransport.NegotiationResponse;
        var isFailure = rest.Length >= 8 && rest[0] == RdpTransport.NegotiationFailure;
        uint? number = isResponse || isFailure ? BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) : null;
        _isHandingOver = isResponse && number != StandardSecurity;
        observations.RdpResponse(flow, number, isFailure);
    }
}
