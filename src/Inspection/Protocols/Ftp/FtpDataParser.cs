using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Expectations;

namespace MediaSecurityLite.Inspection.Protocols.Ftp;

/// <summary>A data connection of FTP: all of it is the file that the control connection named, or a listing (RFC 959, 3.2).</summary>
internal sealed class FtpDataParser : ProtocolParser
{
    private TrackedFile? _file;
    private Direction _carrier;
    private bool _isStarted;

    public override AppProtocol Protocol => AppProtocol.FtpData;

    /// <summary>The command that asked for it.</summary>
    public KeptField Command { get; } = new(16);

    public KeptField FileName { get; } = new(1024);

    public override void Accept(Expectation expectation)
    {
        Command.Set(expectation.Command.Value);
        FileName.Set(expectation.FileName.Value);
        _carrier = expectation.FirstSpeaker ?? Direction.ToClient;
        _isStarted = false;
    }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        if (direction == _carrier)
        {
            Start(observations);
            _file?.Append(data);
        }

        return data.Length;
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        if (direction == _carrier)
        {
            Start(observations);
            _file?.Skip(length);
        }

        return true;
    }

    public override void End(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> unread)
    {
        if (direction == _carrier)
        {
            var flags = direction == Direction.ToServer ? flow.FlagsToServer : flow.FlagsToClient;
            EndFile(observations, flow, (flags & TcpFlags.Fin) != 0);
        }
    }

    public override void Finish(Observations observations, Flow flow)
    {
        EndFile(observations, flow, isComplete: false);
        if (FileName.Length > 0)
        {
            observations.FtpData(flow, this);
        }
    }

    public override void Reset()
    {
        Command.Clear();
        FileName.Clear();
    }

    private void Start(Observations observations)
    {
        if (!_isStarted && FileName.Length > 0 && observations.WantsFiles)
        {
            _file = observations.Files.Take();
            _file?.Begin(FileName.Value, _carrier);
        }

        _isStarted = true;
    }

    private void EndFile(Observations observations, Flow flow, bool isComplete)
    {
        if (_file is { } file)
        {
            file.End(isComplete);
            observations.File(flow, file);
            observations.Files.Return(file);
            _file = null;
        }
    }
}
