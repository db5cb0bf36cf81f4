namespace MediaSecurityLite.Inspection.Packets;

/// <content>TCP, UDP, ICMP, SCTP and the tunnels that UDP carries.</content>
internal sealed partial class PacketDecoder
{
    private const ushort VxlanPort = 4789;
    private const ushort TeredoPort = 3544;

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
        packet.Payload = data[headerLength..];
        return DecodeEvent.None;
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
        if (packet.DestinationPort == VxlanPort)
        {
            EnterVxlan(ref packet);
        }
        else if (packet.DestinationPort == TeredoPort || packet.SourcePort == TeredoPort)
        {
            EnterTeredo(ref packet);
        }

        return DecodeEvent.None;
    }

    /// <summary>RFC 7348, section 5: the flag byte has the I bit, the network identifier is bytes 4 to 6.</summary>
    private static void EnterVxlan(ref Packet packet)
    {
        if (packet.Payload.Length >= 8 + 14 && (packet.Payload[0] & 0x08) != 0)
        {
            packet.Inner = packet.Payload[8..];
            packet.InnerLink = LinkType.Ethernet;
        }
    }

    /// <summary>RFC 4380, 5.1.1: optional authentication (0x0001) and origin (0x0000) indications, then IPv6.</summary>
    private static void EnterTeredo(ref Packet packet)
    {
        var data = packet.Payload;
        if (data.Length >= 4 && data[0] == 0 && data[1] == 1)
        {
            var length = 4 + data[2] + data[3] + 8 + 1;
            if (length > data.Length)
            {
                return;
            }

            data = data[length..];
        }

        if (data.Length >= 8 && data[0] == 0 && data[1] == 0)
        {
            data = data[8..];
        }

        if (data.Length >= 40 && data[0] >> 4 == 6 && U16(data, 4) + 40 <= data.Length)
        {
            packet.Inner = data;
            packet.InnerLink = LinkType.IPv6;
        }
    }
}
