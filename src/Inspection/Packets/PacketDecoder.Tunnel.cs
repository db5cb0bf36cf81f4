namespace MediaSecurityLite.Inspection.Packets;

/// <content>
/// Tunnels that UDP carries. Each is known by its port and must then look like one: a datagram that does not is taken as any
/// other. What is inside has a flow of its own.
/// </content>
internal sealed partial class PacketDecoder
{
    private const ushort VxlanPort = 4789;

    /// <summary>draft-ietf-nvo3-vxlan-gpe, 3.1.</summary>
    private const ushort VxlanGpePort = 4790;

    /// <summary>What Linux uses where nothing is configured: it is older than the assigned one.</summary>
    private const ushort VxlanLinuxPort = 8472;

    private const ushort GenevePort = 6081;
    private const ushort TeredoPort = 3544;

    private static void EnterTunnel(ref Packet packet)
    {
        switch (packet.DestinationPort)
        {
            case VxlanPort or VxlanGpePort or VxlanLinuxPort:
                EnterVxlan(ref packet);
                break;
            case GenevePort:
                EnterGeneve(ref packet);
                break;
            case TeredoPort:
                EnterTeredo(ref packet);
                break;
            default:
                if (packet.SourcePort == TeredoPort)
                {
                    EnterTeredo(ref packet);
                }

                break;
        }
    }

    /// <summary>
    /// RFC 7348, section 5: the flag byte has the I bit, the network identifier is bytes 4 to 6. With the P bit (VXLAN-GPE)
    /// byte 3 says what follows: 1 IPv4, 2 IPv6, 3 Ethernet.
    /// </summary>
    private static void EnterVxlan(ref Packet packet)
    {
        var data = packet.Payload;
        if (data.Length < 8 + 14 || (data[0] & 0x08) == 0)
        {
            return;
        }

        var isExtended = packet.DestinationPort == VxlanGpePort && (data[0] & 0x04) != 0;
        packet.Inner = data[8..];
        packet.InnerLink = isExtended && data[3] is 1 or 2 ? LinkType.Raw : LinkType.Ethernet;
    }

    /// <summary>RFC 8926, 3.4: version 2 bits, options in words 6 bits, flags, EtherType 2, network 3, reserved, options.</summary>
    private static void EnterGeneve(ref Packet packet)
    {
        var data = packet.Payload;
        if (data.Length < 8 || data[0] >> 6 != 0)
        {
            return;
        }

        var length = 8 + ((data[0] & 0x3F) * 4);
        var type = U16(data, 2);
        if (length < data.Length && type is EtherTransparent or EtherIPv4 or EtherIPv6)
        {
            packet.Inner = data[length..];
            packet.InnerLink = type == EtherTransparent ? LinkType.Ethernet : LinkType.Raw;
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
