namespace MediaSecurityLite.Inspection.Packets;

/// <summary>How a frame starts; the values are libpcap's LINKTYPE numbers (tcpdump.org/linktypes.html).</summary>
public enum LinkType
{
    /// <summary>BSD loopback: 4 bytes of address family in the byte order of the machine that captured.</summary>
    Null = 0,

    /// <summary>Ethernet.</summary>
    Ethernet = 1,

    /// <summary>PPP, with or without HDLC-like framing (RFC 1662).</summary>
    Ppp = 9,

    /// <summary>Raw IPv4 or IPv6, as BSD's DLT_RAW was once written to files.</summary>
    RawBsd = 12,

    /// <summary>Raw IPv4 or IPv6.</summary>
    Raw = 101,

    /// <summary>Cisco HDLC.</summary>
    CiscoHdlc = 104,

    /// <summary>OpenBSD loopback: 4 bytes of address family, big-endian.</summary>
    Loop = 108,

    /// <summary>Linux cooked capture.</summary>
    LinuxCooked = 113,

    /// <summary>Raw IPv4.</summary>
    IPv4 = 228,

    /// <summary>Raw IPv6.</summary>
    IPv6 = 229,

    /// <summary>Linux NFLOG.</summary>
    NfLog = 239,

    /// <summary>Linux cooked capture, version 2.</summary>
    LinuxCooked2 = 276,
}
