using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Ssh;

/// <summary>SSH up to the point where it becomes unreadable: who the two sides are and what they offer.</summary>
internal sealed class SshParser : ProtocolParser
{
    public override AppProtocol Protocol => AppProtocol.Ssh;

    public SshSide Client { get; } = new(Direction.ToServer);

    public SshSide Server { get; } = new(Direction.ToClient);

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var rest = data;
        var side = direction == Direction.ToServer ? Client : Server;
        if (!side.Read(ref rest, ref wanted))
        {
            observations.CountMalformed();
            return -1;
        }

        return Client.IsDone && Server.IsDone ? -1 : data.Length - rest.Length;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (Client.IsIdentified || Server.IsIdentified)
        {
            observations.Ssh(flow, this);
        }
    }

    public override void Reset()
    {
        Client.Reset();
        Server.Reset();
    }
}
