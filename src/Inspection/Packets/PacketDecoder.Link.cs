using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Packets;

/// <content>Link layers and what lies between them and IP.</content>
internal sealed partial class PacketDecoder
{
    private static DecodeEvent ReadLink(LinkType link, ref Layer layer, ref Packet packet)
    {
        switch (link)
        {
            case LinkType.Ethernet:
                return ReadEthernet(ref layer, ref packet);
            case LinkType.Raw or LinkType.RawBsd or LinkType.IPv4 or LinkType.IPv6:
                return Skip(ref layer, 0, IpVersionEther(layer.Data, 0));
            case LinkType.LinuxCooked:
                // packet type 2, ARPHRD 2, address length 2, address 8, protocol 2
                return layer.Data.Length < 16 ? DecodeEvent.LinkTooShort : Skip(ref layer, 16, U16(layer.Data, 14));
            case LinkType.LinuxCooked2:
                // protocol 2, reserved 2, interface 4, ARPHRD 2, packet type 1, address length 1, address 8
                return layer.Data.Length < 20 ? DecodeEvent.LinkTooShort : Skip(ref layer, 20, U16(layer.Data, 0));
            case LinkType.Null or LinkType.Loop:
                return layer.Data.Length < 4 ? DecodeEvent.LinkTooShort : Skip(ref layer, 4, IpVersionEther(layer.Data, 4));
            case LinkType.Ppp when !IsCiscoHdlc(layer.Data):
                return ReadPpp(ref layer);
            case LinkType.Ppp or LinkType.CiscoHdlc:
                return layer.Data.Length < 4 ? DecodeEvent.LinkTooShort : Skip(ref layer, 4, U16(layer.Data, 2));
            case LinkType.NfLog:
                return ReadNfLog(ref layer);
            default:
                return DecodeEvent.LinkUnsupported;
        }
    }

    private static DecodeEvent ReadEthernet(ref Layer layer, ref Packet packet)
    {
        var data = layer.Data;
        if (data.Length < 14)
        {
            return DecodeEvent.LinkTooShort;
        }

        packet.DestinationMac = BinaryPrimitives.ReadUInt64BigEndian(data) >> 16;
        packet.SourceMac = BinaryPrimitives.ReadUInt64BigEndian(data[4..]) & 0xFFFF_FFFF_FFFF;
        var type = U16(data, 12);
        return type < FirstEtherType && IsSnap(data[14..]) ? Skip(ref layer, 14 + 8, U16(data, 20)) : Skip(ref layer, 14, type);
    }

    /// <summary>IEEE 802, 9.2: LLC's address for SNAP, unnumbered, then organisation 0 and an EtherType.</summary>
    private static bool IsSnap(ReadOnlySpan<byte> data) => data is [0xAA, 0xAA, 0x03, 0, 0, 0, _, _, ..];

    /// <summary>Captures of serial lines say PPP for both: Cisco's framing starts with "unicast" or "multicast" and 0.</summary>
    private static bool IsCiscoHdlc(ReadOnlySpan<byte> data) => data is [0x0F or 0x8F, 0, ..];

    /// <summary>IEEE 802.1Q, 9.7 (I-TAG, "MAC in MAC"): four bytes of flags and service, then the customer's frame.</summary>
    private static DecodeEvent ReadProviderBackbone(ref Layer layer) =>
        layer.Data.Length < 4 ? DecodeEvent.EncapsulationTooShort : Skip(ref layer, 4, EtherTransparent);

    /// <summary>Cisco's FabricPath: two bytes of tag, then the frame.</summary>
    private static DecodeEvent ReadFabricPath(ref Layer layer) =>
        layer.Data.Length < 2 ? DecodeEvent.EncapsulationTooShort : Skip(ref layer, 2, EtherTransparent);

    private static DecodeEvent ReadVlan(ref Layer layer, ref Packet packet)
    {
        if (layer.Data.Length < 4)
        {
            return DecodeEvent.EncapsulationTooShort;
        }

        var id = (ushort)(U16(layer.Data, 0) & 0x0FFF);
        if (packet.Vlan == 0)
        {
            packet.Vlan = id;
        }
        else
        {
            packet.InnerVlan = id;
        }

        return Skip(ref layer, 4, U16(layer.Data, 2));
    }

    /// <summary>RFC 2516, section 4: version and type 1, code, session 2, length 2, then PPP's protocol.</summary>
    private static DecodeEvent ReadPppoe(ref Layer layer)
    {
        if (layer.Data.Length < 8)
        {
            return DecodeEvent.EncapsulationTooShort;
        }

        layer.Data = layer.Data[6..];
        return ReadPpp(ref layer);
    }

    /// <summary>RFC 1661/1662: optional address and control bytes, then a protocol of one or two bytes.</summary>
    private static DecodeEvent ReadPpp(ref Layer layer)
    {
        var data = layer.Data;
        if (data.Length >= 2 && data[0] == 0xFF && data[1] == 0x03)
        {
            data = data[2..];
        }

        if (data.Length < 2)
        {
            return DecodeEvent.EncapsulationTooShort;
        }

        // A protocol whose first byte is odd was compressed to that byte.
        var isShort = (data[0] & 1) != 0;
        var protocol = isShort ? data[0] : U16(data, 0);
        layer.Data = data[(isShort ? 1 : 2)..];
        layer.EtherType = protocol switch
        {
            0x0021 => EtherIPv4,
            0x0057 => EtherIPv6,
            0x0281 => EtherMpls,
            _ => EtherUnknown,
        };
        return DecodeEvent.None;
    }

    /// <summary>RFC 3032: labels of four bytes; the lowest carries the bottom-of-stack bit. What follows is told by its first nibble.</summary>
    private static DecodeEvent ReadMpls(ref Layer layer)
    {
        for (var offset = 0; offset + 4 < layer.Data.Length; offset += 4)
        {
            if ((layer.Data[offset + 2] & 1) == 0)
            {
                continue;
            }

            var next = offset + 4;
            var ether = IpVersionEther(layer.Data, next);
            if (ether != EtherUnknown)
            {
                return Skip(ref layer, next, ether);
            }

            // Pseudowire control word (RFC 4385): a first nibble of 0, then Ethernet.
            var hasControlWord = layer.Data[next] >> 4 == 0 && layer.Data.Length >= next + 4;
            return Skip(ref layer, hasControlWord ? next + 4 : next, EtherTransparent);
        }

        return DecodeEvent.EncapsulationTooShort;
    }

    /// <summary>linux/netfilter/nfnetlink_log.h: family, version, resource id, then attributes of length, type, value; 9 is the packet.</summary>
    private static DecodeEvent ReadNfLog(ref Layer layer)
    {
        const int PayloadAttribute = 9;
        var data = layer.Data;
        for (var offset = 4; offset + 4 <= data.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(data[offset..]);
            var type = BinaryPrimitives.ReadUInt16LittleEndian(data[(offset + 2)..]) & 0x7FFF;
            if (length < 4 || offset + length > data.Length)
            {
                break;
            }

            if (type == PayloadAttribute)
            {
                layer.Data = data.Slice(offset + 4, length - 4);
                return Skip(ref layer, 0, IpVersionEther(layer.Data, 0));
            }

            offset += (length + 3) & ~3;
        }

        return DecodeEvent.LinkTooShort;
    }

    /// <summary>The EtherType that the first nibble of an IP header speaks for; <see cref="EtherUnknown"/> where it is neither 4 nor 6.</summary>
    private static ushort IpVersionEther(ReadOnlySpan<byte> data, int offset) =>
        offset >= data.Length ? EtherUnknown : (data[offset] >> 4) switch
        {
            4 => EtherIPv4,
            6 => EtherIPv6,
            _ => EtherUnknown,
        };

    private static DecodeEvent Skip(ref Layer layer, int bytes, ushort etherType)
    {
        layer.Data = layer.Data[bytes..];
        layer.EtherType = etherType;
        return DecodeEvent.None;
    }
}
