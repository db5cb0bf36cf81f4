namespace MediaSecurityLite.Inspection.Packets;

/// <content>IPv4, IPv6, their fragments and the tunnels that IP carries directly.</content>
internal sealed partial class PacketDecoder
{
    /// <summary>RFC 8200, 4.1 names eight extension headers; twice that is hostile.</summary>
    private const int MaxExtensionHeaders = 16;

    private DecodeEvent ReadIPv4(ref Layer layer, ref Packet packet)
    {
        var data = layer.Data;
        if (data.Length < 20)
        {
            return DecodeEvent.IPv4TooShort;
        }

        var headerLength = (data[0] & 0x0F) * 4;
        int totalLength = U16(data, 2);
        if (data[0] >> 4 != 4 || headerLength < 20)
        {
            return DecodeEvent.IPv4Malformed;
        }

        // Offloading network cards leave the length field at 0 on the way out of the machine that captures.
        if (totalLength == 0)
        {
            totalLength = data.Length;
        }

        if (totalLength < headerLength || headerLength > data.Length)
        {
            return DecodeEvent.IPv4TooShort;
        }

        if (headerLength > 20 && !AreOptionsSound(data[20..headerLength]))
        {
            return DecodeEvent.IPv4OptionMalformed;
        }

        packet.Source = IpAddress.FromV4(U32(data, 12));
        packet.Destination = IpAddress.FromV4(U32(data, 16));
        packet.Protocol = data[9];
        var payload = data[headerLength..Math.Min(totalLength, data.Length)];
        var fragment = U16(data, 6);
        if ((fragment & 0x3FFF) != 0)
        {
            var piece = new Fragment(U16(data, 4), (fragment & 0x1FFF) * 8, (fragment & 0x2000) != 0, totalLength > data.Length);
            return ReadFragment(ref layer, ref packet, piece, payload);
        }

        return EnterPayload(ref layer, ref packet, payload);
    }

    /// <summary>
    /// RFC 791, 3.1: type 0 ends the list, 1 is padding, every other has a length, itself included. Receivers drop a packet whose
    /// options do not add up; were it read, it could show the engine data that nobody gets.
    /// </summary>
    private static bool AreOptionsSound(ReadOnlySpan<byte> options)
    {
        while (options is [not 0, ..])
        {
            var length = options[0] == 1 ? 1 : options.Length < 2 ? 0 : options[1];
            if (length > options.Length || (length < 2 && options[0] != 1))
            {
                return false;
            }

            options = options[length..];
        }

        return true;
    }

    private DecodeEvent ReadIPv6(ref Layer layer, ref Packet packet)
    {
        var data = layer.Data;
        if (data.Length < 40)
        {
            return DecodeEvent.IPv6TooShort;
        }

        if (data[0] >> 4 != 6)
        {
            return DecodeEvent.IPv6Malformed;
        }

        packet.Source = IpAddress.FromV6(data[8..]);
        packet.Destination = IpAddress.FromV6(data[24..]);
        int payloadLength = U16(data, 4);
        var next = data[6];
        data = data[40..];
        var isCut = payloadLength > data.Length;
        if (payloadLength != 0 && !isCut)
        {
            data = data[..payloadLength];
        }

        for (var headers = 0; headers < MaxExtensionHeaders; headers++)
        {
            int length;
            switch (next)
            {
                case 0 or 43 or 60 or 135 or 139 or 140: // hop-by-hop, routing, destination, mobility, HIP, shim6
                    length = data.Length < 2 ? int.MaxValue : (data[1] + 1) * 8;
                    break;
                case 51: // authentication (RFC 4302): length in 4-byte units minus 2
                    length = data.Length < 2 ? int.MaxValue : (data[1] + 2) * 4;
                    break;
                case 44:
                    return ReadIPv6Fragment(ref layer, ref packet, data, isCut);
                default:
                    packet.Protocol = next;
                    return EnterPayload(ref layer, ref packet, data);
            }

            if (length > data.Length)
            {
                return DecodeEvent.IPv6ExtensionMalformed;
            }

            next = data[0];
            data = data[length..];
        }

        return DecodeEvent.IPv6ExtensionMalformed;
    }

    /// <summary>RFC 8200, 4.5. An atomic fragment (offset 0, none to follow) is taken as it is (RFC 6946).</summary>
    private DecodeEvent ReadIPv6Fragment(ref Layer layer, ref Packet packet, ReadOnlySpan<byte> data, bool isCut)
    {
        if (data.Length < 8)
        {
            return DecodeEvent.IPv6ExtensionMalformed;
        }

        packet.Protocol = data[0];
        var field = U16(data, 2);
        var piece = new Fragment(U32(data, 4), field & 0xFFF8, (field & 1) != 0, isCut);
        var payload = data[8..];
        return piece.Offset == 0 && !piece.HasMore
            ? EnterPayload(ref layer, ref packet, payload)
            : ReadFragment(ref layer, ref packet, piece, payload);
    }

    private DecodeEvent ReadFragment(ref Layer layer, ref Packet packet, Fragment piece, ReadOnlySpan<byte> payload)
    {
        var result = _fragments.Add(packet.Timestamp, packet.Source, packet.Destination, ref packet.Protocol, packet.Vlan, piece, payload, out var whole);
        return result == DecodeEvent.None ? EnterPayload(ref layer, ref packet, whole) : result;
    }

    private static DecodeEvent EnterPayload(ref Layer layer, ref Packet packet, ReadOnlySpan<byte> payload)
    {
        layer.Data = payload;
        switch (packet.Protocol)
        {
            case IpProtocol.IPv4:
                layer.EtherType = EtherIPv4;
                return DecodeEvent.None;
            case IpProtocol.IPv6:
                layer.EtherType = EtherIPv6;
                return DecodeEvent.None;
            case IpProtocol.Gre:
                return ReadGre(ref layer);
            default:
                layer.IsTransport = true;
                return DecodeEvent.None;
        }
    }

    /// <summary>
    /// RFC 2784, 2890 (version 0) and RFC 2637 (version 1, PPTP):
    /// <code>
    ///  0                   1                   2                   3
    /// |C|R|K|S|s|Recur|A| Flags | Ver |        protocol type          |
    /// |  checksum, reserved (C or R) · key (K) · sequence (S) · acknowledgment (A, version 1)
    /// </code>
    /// </summary>
    private static DecodeEvent ReadGre(ref Layer layer)
    {
        var data = layer.Data;
        if (data.Length < 4)
        {
            return DecodeEvent.TunnelMalformed;
        }

        var flags = U16(data, 0);
        var protocol = U16(data, 2);
        var version = flags & 7;
        var length = 4;
        length += (flags & 0xC000) != 0 && version == 0 ? 4 : 0;
        length += (flags & 0x2000) != 0 ? 4 : 0;
        length += (flags & 0x1000) != 0 ? 4 : 0;
        length += version == 1 && (flags & 0x0080) != 0 ? 4 : 0;
        if (version > 1 || length > data.Length)
        {
            return DecodeEvent.TunnelMalformed;
        }

        if (version == 1)
        {
            layer.Data = data[length..];
            return layer.Data.IsEmpty ? DecodeEvent.NotIp : ReadPpp(ref layer);
        }

        // ERSPAN type I has no header of its own and no sequence number (draft-foschiano-erspan-03, 4.1).
        var isErspanI = protocol == 0x88BE && (flags & 0x1000) == 0;
        return Skip(ref layer, length, isErspanI ? EtherTransparent : protocol);
    }

    private static DecodeEvent ReadErspan(ref Layer layer, int headerLength)
    {
        if (layer.Data.Length < headerLength)
        {
            return DecodeEvent.TunnelMalformed;
        }

        // Type III carries a platform subheader of 8 bytes where the last bit of the header says so.
        var hasSubheader = headerLength == 12 && (layer.Data[11] & 1) != 0;
        var length = headerLength + (hasSubheader ? 8 : 0);
        return length > layer.Data.Length ? DecodeEvent.TunnelMalformed : Skip(ref layer, length, EtherTransparent);
    }
}
