using System.Text;

namespace MediaSecurityLite.Inspection.Tests.Protocols;

/// <summary>A first datagram of each protocol, as its specification says it looks.</summary>
internal static class SampleDatagrams
{
    private static readonly byte[] Session = [1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>Protocol, server's port, and what the client sends; a port of 7777 stands for any.</summary>
    public static IReadOnlyDictionary<string, (ushort Port, byte[] Payload)> All { get; } = new Dictionary<string, (ushort, byte[])>
    {
        ["dhcp"] = (67, DhcpRequest()),
        ["dhcpv6"] = (547, DhcpV6Solicit()),
        ["ntp"] = (123, [0x23, .. new byte[39], 0xE9, 0, 0, 0, 0, 0, 0, 1]),
        ["snmp"] = (7777, SnmpGet()),
        ["krb5"] = (7777, SampleStreams.KerberosRequest()),
        ["ldap"] = (7777, [0x30, 0x0C, 2, 1, 1, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0]),
        ["bittorrent-dht"] = (7777, Encoding.ASCII.GetBytes("d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456e1:q9:get_peers1:t2:aa1:y1:qe")),
        ["bittorrent"] = (7777, [0, 0, 4, 0x17, 0x27, 0x10, 0x19, 0x80, 0, 0, 0, 0, 1, 2, 3, 4]),
        ["stun"] = (7777, StunBinding()),
        ["dtls"] = (7777, [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 54, 1, 0, 0, 42, 0, 0, 0, 0, 0, 0, 0, 0, 42, .. new byte[42]]),
        ["wireguard"] = (7777, [1, 0, 0, 0, .. Session, .. new byte[136]]),
        ["openvpn"] = (7777, [0x38, .. Session, 0, 0, 0, 0, 0]),
        ["ike"] = (7777, IkeInit()),
        ["syslog"] = (7777, Encoding.ASCII.GetBytes("<34>Oct 11 22:14:15 mymachine su[230]: it happened")),
        ["ssdp"] = (7777, Encoding.ASCII.GetBytes("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nST: ssdp:all\r\nUSER-AGENT: OS/1 UPnP/1.1 App/2\r\n\r\n")),
        ["nfs"] = (7777, [0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0x86, 0xA0, 0, 0, 0, 2, .. new byte[20]]),
        ["radius"] = (1812, [1, 7, 0, 27, .. new byte[16], 1, 7, .. "alice"u8]),
        ["netflow"] = (7777, [0, 9, 0, 1, .. new byte[16], 0, 0, 0, 12, 1, 0, 0, 1, 0, 8, 0, 4, 1, 0, 0, 8, 192, 0, 2, 1]),
        ["sflow"] = (7777, [0, 0, 0, 5, 0, 0, 0, 1, 192, 0, 2, 1, .. new byte[12], 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 8, .. Session]),
        ["l2tp"] = (7777, [0xC8, 2, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 8, 0, 0, 0, 0, 0, 1]),
        ["rtcp"] = (7777, [0x80, 201, 0, 1, 1, 2, 3, 4]),
        ["coap"] = (5683, [0x40, 1, 0, 1, 0xB4, .. "temp"u8]),
        ["bacnet"] = (47808, [0x81, 0x0B, 0, 12, 1, 0x20, 0xFF, 0xFF, 0, 0xFF, 0x10, 8]),
        ["dnp3"] = (7777, [5, 0x64, 5, 0xC0, 1, 0, 0, 4, 0xE9, 0x21]),
        ["nat-pmp"] = (5351, [0, 0]),
        ["wsd"] = (3702, Encoding.ASCII.GetBytes("<?xml version=\"1.0\"?><soap:Envelope></soap:Envelope>")),
    };

    /// <summary>RFC 2131: a request of "note-pc" for 192.168.1.77.</summary>
    public static byte[] DhcpRequest() =>
    [
        1, 1, 6, 0, 0xDE, 0xAD, 0xBE, 0xEF, .. new byte[20], 2, 0, 0, 0, 0, 0x0A, .. new byte[10 + 192], 0x63, 0x82, 0x53, 0x63,
        53, 1, 3, 61, 7, 1, 2, 0, 0, 0, 0, 0x0A, 50, 4, 192, 168, 1, 77, 12, 7, .. "note-pc"u8, 60, 8, .. "MSFT 5.0"u8, 55, 4, 1, 3, 6, 15, 255,
    ];

    /// <summary>RFC 8415: a solicit with client id, host name and option request.</summary>
    public static byte[] DhcpV6Solicit() =>
    [
        1, 0x10, 0x20, 0x30, 0, 1, 0, 10, 0, 3, 0, 1, 2, 0, 0, 0, 0, 0x0A, 0, 39, 0, 9, 0, 7, .. "note-pc"u8, 0, 6, 0, 4, 0, 23, 0, 24,
    ];

    /// <summary>RFC 1157: get of sysDescr.0 with the community "private".</summary>
    public static byte[] SnmpGet() => SampleStreams.Der(0x30, [.. SampleStreams.Der(2, 1), .. SampleStreams.Der(4, "private"u8.ToArray()),
        .. SampleStreams.Der(0xA0, [2, 1, 9, 2, 1, 0, 2, 1, 0, 0x30, 0x0E, 0x30, 0x0C, 6, 8, 0x2B, 6, 1, 2, 1, 1, 1, 0, 5, 0])]);

    public static byte[] StunBinding() => [0, 1, 0, 12, 0x21, 0x12, 0xA4, 0x42, .. new byte[12], 0x80, 0x22, 0, 5, .. "agent"u8, 0, 0, 0];

    public static byte[] IkeInit() =>
        [.. Session, .. new byte[8], 33, 0x20, 34, 8, 0, 0, 0, 0, 0, 0, 0, 40, 40, 0, 0, 4, 0, 0, 0, 8, 9, 9, 9, 9];
}
