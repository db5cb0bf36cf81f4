using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Expectations;

namespace MediaSecurityLite.Inspection.Protocols.Tftp;

/// <summary>
/// TFTP (RFC 1350): requests, and transfers. A server answers from a port of its own, so that the transfer is another flow,
/// which the request announces; a few answer from the port they were asked on.
/// </summary>
internal sealed class TftpParser : ProtocolParser
{
    private readonly KeptField _name = new(1024);
    private TrackedFile? _file;
    private Direction _carrier;
    private int _blockLength = TftpPacket.DefaultBlockLength;
    private ushort _nextBlock;
    private bool _isOver;

    public override AppProtocol Protocol => AppProtocol.Tftp;

    public static bool Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        direction == Direction.ToServer && TftpPacket.TryReadRequest(data, out _, out _);

    public override void Accept(Expectation expectation) =>
        Start(expectation.FileName.Value, expectation.Command.Value.SequenceEqual("read"u8) ? Direction.ToServer : Direction.ToClient);

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (direction == Direction.ToServer && TftpPacket.TryReadRequest(data, out var file, out var mode))
        {
            TakeRequest(observations, flow, TftpPacket.Opcode(data) == TftpPacket.ReadRequest, file, mode);
        }
        else if (TftpPacket.Opcode(data) == TftpPacket.OptionsAcknowledged)
        {
            _blockLength = TftpPacket.BlockLength(data[2..]);
        }
        else if (direction == _carrier && !_isOver && TftpPacket.Opcode(data) == TftpPacket.Data && data.Length >= TftpPacket.DataHeaderLength)
        {
            TakeData(observations, flow, BinaryPrimitives.ReadUInt16BigEndian(data[2..]), data[TftpPacket.DataHeaderLength..]);
        }
    }

    public override void Finish(Observations observations, Flow flow) => EndFile(observations, flow, isComplete: false);

    public override void Reset()
    {
        _name.Clear();
        Start(default, Direction.ToClient);
    }

    private void Start(ReadOnlySpan<byte> name, Direction carrier)
    {
        _name.Set(name);
        _carrier = carrier;
        _blockLength = TftpPacket.DefaultBlockLength;
        _nextBlock = 1;
        _isOver = false;
    }

    private void TakeRequest(Observations observations, Flow flow, bool isRead, ReadOnlySpan<byte> file, ReadOnlySpan<byte> mode)
    {
        EndFile(observations, flow, isComplete: false);
        observations.Tftp(flow, isRead, file, mode);
        Start(file, isRead ? Direction.ToClient : Direction.ToServer);
        var transfer = new ExpectedFlow(IpProtocol.Udp, flow.Server, flow.Client, flow.ClientPort);
        var expectation = observations.Expected.Add(transfer, AppProtocol.Tftp, observations.Now);
        expectation.FirstSpeaker = Direction.ToServer;
        expectation.FileName.Set(file);
        expectation.Command.Set(isRead ? "read"u8 : "write"u8);
    }

    private void TakeData(Observations observations, Flow flow, ushort block, ReadOnlySpan<byte> bytes)
    {
        if (_file is null && block == 1 && observations.WantsFiles)
        {
            _file = observations.Files.Take();
            _file?.Begin(_name.Value, _carrier);
        }

        var ahead = (ushort)(block - _nextBlock);
        if (ahead > ushort.MaxValue / 2)
        {
            // Sent again.
            return;
        }

        if (ahead > 0)
        {
            _file?.Skip((long)ahead * _blockLength);
        }

        _file?.Append(bytes);
        _nextBlock = (ushort)(block + 1);
        if (bytes.Length < _blockLength)
        {
            _isOver = true;
            EndFile(observations, flow, isComplete: true);
        }
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
