using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>
/// SMB over TCP, versions 1 (MS-CIFS, MS-SMB) to 3.1.1 (MS-SMB2) as far as it is in clear: what was agreed upon, and the files
/// that are read and written. File data streams through; of other commands only the head is looked at.
/// </summary>
internal sealed class SmbParser : ProtocolParser
{
    /// <summary>An SMB1 message is read whole; larger ones than SMB1 allows are passed over (MS-SMB, 2.2.4.3).</summary>
    private const int MaxVersion1Message = (128 << 10) + 512;

    private readonly SmbSide _client = new();
    private readonly SmbSide _server = new();
    private readonly SmbSession _session = new();

    public override AppProtocol Protocol => AppProtocol.Smb;

    public SmbNegotiation Negotiation { get; } = new();

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var side = direction == Direction.ToServer ? _client : _server;
        var rest = data;
        while (!rest.IsEmpty)
        {
            if (side.IsLost && !side.TryFindMessage(ref rest))
            {
                break;
            }

            if (side.CommandLeft > 0)
            {
                side.TakeCommand(ref rest);
            }
            else if (side.MessageLeft == 0)
            {
                if (rest.Length < SmbFrame.HeaderLength)
                {
                    break;
                }

                if (!SmbFrame.IsFrame(rest[0]))
                {
                    observations.CountMalformed();
                    return -1;
                }

                side.StartMessage(SmbFrame.Length(rest), isRead: rest[0] == SmbFrame.Message);
                rest = rest[SmbFrame.HeaderLength..];
            }
            else if (!StartCommand(observations, flow, direction, side, rest, ref wanted))
            {
                break;
            }
        }

        return data.Length - rest.Length;
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        (direction == Direction.ToServer ? _client : _server).Skip(length);
        return true;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        _session.Finish(observations, flow);
        if (Negotiation.Offered.Count > 0)
        {
            ReportNegotiation(observations, flow);
        }
    }

    public override void Reset()
    {
        _client.Reset();
        _server.Reset();
        _session.Reset();
        Negotiation.Clear();
    }

    /// <summary>An answer to the offer, or the end, makes it known.</summary>
    internal void ReportNegotiation(Observations observations, Flow flow)
    {
        observations.SmbNegotiation(flow, Negotiation);
        Negotiation.Clear();
    }

    /// <returns>False until more bytes come.</returns>
    private bool StartCommand(
        Observations observations, Flow flow, Direction direction, SmbSide side, ReadOnlySpan<byte> data, ref int wanted)
    {
        var version = data[0];
        var needed = version switch
        {
            SmbFrame.Version2 => Smb2Reader.NeededLength(data, side.MessageLeft),
            SmbFrame.Version1 when side.MessageLeft <= MaxVersion1Message => side.MessageLeft,
            _ => 0,
        };
        if (data.Length < needed)
        {
            wanted = needed;
            return false;
        }

        switch (version)
        {
            case SmbFrame.Version2:
                Smb2Reader.Read(observations, flow, direction, side, _session, this, data[..needed]);
                break;
            case SmbFrame.Version1 when needed > 0:
                side.StartCommand(side.MessageLeft);
                Smb1Reader.Read(observations, flow, direction, _session, this, data[..needed]);
                break;
            default:
                // Encrypted (0xFD), compressed (0xFC), or nothing known.
                side.StartCommand(side.MessageLeft);
                break;
        }

        return true;
    }
}
