namespace MediaSecurityLite.Inspection.Packets;

/// <content>TCP, UDP, ICMP and SCTP.</content>
internal sealed partial class PacketDecoder
{
    private static DecodeEvent ReadTransport(ReadOnlySpan<byte> data, ref Packet packet)
    {
        packet.SourcePort = 0;
        packet.DestinationPort = 0;
        packet.Flags = TcpFlags.None;
        switch (packet.Protocol)
        {
            case IpProtocol.Tcp:
                return ReadTcp(data, ref packet);
            case IpProtocol.Udp:
                return ReadUdp(data, ref packet);
            case IpProtocol.Icmp or IpProtocol.IcmpV6:
                if (data.Length < 4)
                {
                    return DecodeEvent.IcmpMalformed;
                }

                packet.SourcePort = data[0];
                packet.DestinationPort = data[1];
                packet.Payload = data[4..];
                return DecodeEvent.None;
            case IpProtocol.Sctp:
                if (data.Length < 12)
                {
                    return DecodeEvent.SctpMalformed;
                }

                packet.SourcePort = U16(data, 0);
                packet.DestinationPort = U16(data, 2);
                packet.Payload = data[12..];
                return DecodeEvent.None;
            default:
                packet.Payload = data;
                return DecodeEvent.None;
        }
    }

    private static DecodeEvent ReadTcp(ReadOnlySpan<byte> data, ref Packet packet)
    {
        if (data.Length < 20)
        {
            return DecodeEvent.TcpMalformed;
        }

        var headerLength = (data[12] >> 4) * 4;
        if (headerLength < 20 || headerLength > data.Length)
        {
            return DecodeEvent.TcpMalformed;
        }

        packet.SourcePort = U16(data, 0);
        packet.DestinationPort = U16(data, 2);
        packet.Sequence = U32(data, 4);
        packet.Acknowledgment = U32(data, 8);
        packet.Flags = (TcpFlags)(data[13] & 0x3F);
        packet.Window = U16(data, 14);
        packet.WindowShift = (packet.Flags & TcpFlags.Syn) != 0 ? WindowShift(data[20..headerLength]) : (sbyte)-1;
        packet.Payload = data[headerLength..];
        return DecodeEvent.None;
    }

    /// <summary>RFC 9293, 3.2: options are one byte (0 the end, 1 padding) or kind, length, value; RFC 7323, 2.2: kind 3 is the shift.</summary>
    private static sbyte WindowShift(ReadOnlySpan<byte> options)
    {
        const byte MaxShift = 14;
        while (options is [not 0, ..])
        {
            if (options is [3, 3, var shift, ..])
            {
                return (sbyte)Math.Min(shift, MaxShift);
            }

            var length = options[0] == 1 ? 1 : options.Length < 2 ? 0 : options[1];
            if (length == 0 || length > options.Length || (length == 1 && options[0] != 1))
            {
                break;
            }

            options = options[length..];
        }

        return -1;
    }

    private static DecodeEvent ReadUdp(ReadOnlySpan<byte> data, ref Packet packet)
    {
        if (data.Length < 8)
        {
            return DecodeEvent.UdpMalformed;
        }

        int length = U16(data, 4);
        if (length is > 0 and < 8)
        {
            return DecodeEvent.UdpMalformed;
        }

        packet.SourcePort = U16(data, 0);
        packet.DestinationPort = U16(data, 2);
        packet.Payload = length == 0 || length > data.Length ? data[8..] : data[8..length];
        EnterTunnel(ref packet);
        return DecodeEvent.None;
    }
}
