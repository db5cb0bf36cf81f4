namespace MediaSecurityLite.Inspection.Packets;

/// <summary>
/// What a decoder found wrong with a frame. Hostile input is data: each is counted, none is thrown. The numbers are part of
/// the statistics that leave the engine: never reuse one.
/// </summary>
public enum DecodeEvent : byte
{
    /// <summary>Nothing wrong.</summary>
    None = 0,

    /// <summary>Fewer bytes than the link header needs.</summary>
    LinkTooShort = 1,

    /// <summary>A link type the engine does not know.</summary>
    LinkUnsupported = 2,

    /// <summary>Not IP (ARP, spanning tree, …): counted, not inspected.</summary>
    NotIp = 3,

    /// <summary>More layers than <see cref="PacketDecoder.MaxLayers"/>.</summary>
    TooManyLayers = 4,

    /// <summary>A VLAN, MPLS, PPPoE or PPP header is cut.</summary>
    EncapsulationTooShort = 5,

    /// <summary>Fewer bytes than an IPv4 header, or than its own length fields say.</summary>
    IPv4TooShort = 6,

    /// <summary>The version or header-length field of IPv4 is impossible.</summary>
    IPv4Malformed = 7,

    /// <summary>Fewer bytes than an IPv6 header.</summary>
    IPv6TooShort = 8,

    /// <summary>The version field of IPv6 is not 6.</summary>
    IPv6Malformed = 9,

    /// <summary>An IPv6 extension header is cut, or there are too many.</summary>
    IPv6ExtensionMalformed = 10,

    /// <summary>A fragment waits for others.</summary>
    FragmentPending = 11,

    /// <summary>A fragment overlaps another in part, is out of range, too small, or cut by the capture.</summary>
    FragmentMalformed = 12,

    /// <summary>The fragment table is full: the oldest datagram was given up.</summary>
    FragmentTableFull = 13,

    /// <summary>A TCP header is cut or its data offset is impossible.</summary>
    TcpMalformed = 14,

    /// <summary>A UDP header is cut or its length field is impossible.</summary>
    UdpMalformed = 15,

    /// <summary>An ICMP header is cut.</summary>
    IcmpMalformed = 16,

    /// <summary>A GRE, VXLAN, ERSPAN or Teredo header is cut or impossible.</summary>
    TunnelMalformed = 17,

    /// <summary>An SCTP header is cut.</summary>
    SctpMalformed = 18,

    /// <summary>The options of an IPv4 header do not add up.</summary>
    IPv4OptionMalformed = 19,
}
