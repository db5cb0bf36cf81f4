using MediaSecurityLite.Enforcement.Queue;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>
/// Makes a block felt at once, on both sides: nobody waits for a time-out. Plain HTTP gets a page, a DNS question an answer;
/// everything else is refused by the kernel (TCP reset, ICMP port unreachable, at which browsers go from QUIC to TCP).
/// </summary>
/// <remarks>
/// The kernel hears the verdict before anybody hears us: otherwise what the terminal says to our answer would pass, and the
/// server's reply to it could reach the terminal before the rest of the page.
/// </remarks>
internal sealed class Blocker(PacketQueue queue, RawInjector injector, EffectOptions options)
{
    private const int DnsPort = 53;

    /// <summary>Fits every path with the least MTU of IPv6 (RFC 8200, 5).</summary>
    private const int SegmentBytes = 1200;

    private readonly byte[] _packet = new byte[AnswerPacket.Headroom + Tcp.HeaderLength + SegmentBytes];
    private readonly DnsAnswer.SinkholeAddresses _sinkhole = new(options.SinkholeIPv4, options.SinkholeIPv6);

    /// <summary>Ends the flow of a packet that is not to pass.</summary>
    public void Block(in QueuedPacket packet, Detection detection)
    {
        if (!IpPacket.TryRead(packet.Bytes, out var ip))
        {
            Tell(packet, QueueVerdict.Refuse);
        }
        else if (ip.Protocol == Tcp.Protocol)
        {
            BlockConnection(packet, ip, detection);
        }
        else
        {
            BlockDatagram(packet, ip);
        }
    }

    private void BlockConnection(in QueuedPacket packet, in IpPacket ip, Detection detection)
    {
        if ((Tcp.Flags(ip.Content) & Tcp.Syn) != 0)
        {
            Tell(packet, QueueVerdict.Refuse);
            return;
        }

        Tell(packet, detection.Url is null ? QueueVerdict.Refuse : QueueVerdict.Swallow);
        ResetServer(ip);
        if (detection.Url is not null)
        {
            SendPage(ip, BlockPage.Response(detection, options.Contact));
        }
    }

    private void BlockDatagram(in QueuedPacket packet, in IpPacket ip)
    {
        var room = _packet.AsSpan(AnswerPacket.Headroom);
        if (ip.DestinationPort != DnsPort
            || !DnsAnswer.TryWrite(ip.Content[Udp.HeaderLength..], _sinkhole, room[Udp.HeaderLength..], out var length))
        {
            Tell(packet, QueueVerdict.Refuse);
            return;
        }

        Tell(packet, QueueVerdict.Drop);
        Answer(ip, Udp.Write(room, ip.DestinationPort, ip.SourcePort, length));
    }

    private void Tell(in QueuedPacket packet, QueueVerdict verdict)
    {
        queue.Decide(packet, verdict);
        queue.Send();
    }

    /// <summary>The server has the connection, and perhaps the beginning of a request: it need not wait for the rest.</summary>
    private void ResetServer(in IpPacket packet)
    {
        var segment = packet.Content;
        var length = Tcp.Write(
            _packet.AsSpan(AnswerPacket.Headroom), packet.SourcePort, packet.DestinationPort,
            Tcp.Sequence(segment), Tcp.Acknowledgment(segment), Tcp.Reset | Tcp.Ack, default);
        injector.Send(AnswerPacket.Finish(_packet, length, packet.Source, packet.Destination, Tcp.Protocol), packet.Destination);
    }

    private void SendPage(in IpPacket packet, ReadOnlySpan<byte> page)
    {
        var segment = packet.Content;
        var sequence = Tcp.Acknowledgment(segment);
        var acknowledgment = Tcp.Sequence(segment) + (uint)Tcp.Payload(segment).Length;
        while (!page.IsEmpty)
        {
            var piece = page[..Math.Min(page.Length, SegmentBytes)];
            page = page[piece.Length..];
            var flags = (byte)(Tcp.Ack | Tcp.Push | (page.IsEmpty ? Tcp.Fin : 0));
            Answer(packet, Tcp.Write(
                _packet.AsSpan(AnswerPacket.Headroom), packet.DestinationPort, packet.SourcePort, sequence, acknowledgment, flags, piece));
            sequence += (uint)piece.Length;
        }
    }

    /// <summary>Sends what stands in the buffer to the terminal, in its server's name.</summary>
    private void Answer(in IpPacket packet, int length) =>
        injector.Send(AnswerPacket.Finish(_packet, length, packet.Destination, packet.Source, packet.Protocol), packet.Source);
}
