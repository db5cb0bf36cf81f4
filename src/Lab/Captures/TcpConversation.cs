using System.Net;
using PacketDotNet;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>Plays turns as one TCP connection (RFC 9293): handshake, segments with acknowledgements, close by both sides.</summary>
internal sealed class TcpConversation(FrameWriter frames, IPAddress remote, ushort clientPort, ushort remotePort)
{
    private const int SegmentSize = 1400;
    private const ushort Window = 64_240;

    private uint _clientSequence = 0x1000_0000;
    private uint _serverSequence = 0x2000_0000;

    public void Play(IEnumerable<Turn> turns)
    {
        Send(fromClient: true, [], synchronize: true);
        Send(fromClient: false, [], synchronize: true);
        Send(fromClient: true, []);
        foreach (var turn in turns)
        {
            foreach (var segment in turn.Bytes.Chunk(SegmentSize))
            {
                Send(turn.FromClient, segment, push: true);
            }

            Send(!turn.FromClient, []);
        }

        Send(fromClient: true, [], finished: true);
        Send(fromClient: false, [], finished: true);
        Send(fromClient: true, []);
    }

    private void Send(bool fromClient, byte[] payload, bool synchronize = false, bool push = false, bool finished = false)
    {
        ref var own = ref fromClient ? ref _clientSequence : ref _serverSequence;
        var other = fromClient ? _serverSequence : _clientSequence;
        var isFirst = synchronize && fromClient;
        frames.WriteTcp(fromClient, remote, new TcpPacket(fromClient ? clientPort : remotePort, fromClient ? remotePort : clientPort)
        {
            SequenceNumber = own,
            AcknowledgmentNumber = isFirst ? 0 : other,
            Synchronize = synchronize,
            Acknowledgment = !isFirst,
            Push = push,
            Finished = finished,
            WindowSize = Window,
            PayloadData = payload,
        });
        own += (uint)payload.Length + (synchronize || finished ? 1u : 0u);
    }
}
