using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition;

/// <summary>Protocols that their first bytes give away, and that are not read: data, no code.</summary>
internal static class Signatures
{
    /// <summary>Long enough to be certain by themselves.</summary>
    public static IReadOnlyList<ProtocolEntry> Certain { get; } =
    [
        Signature.Stream(AppProtocol.Afp, "00 04 00 01 00 00 00 00", "00 03 00 01 00 00 00 00 00 00 00 02"),
        Signature.Stream(AppProtocol.Amqp, "'AMQP' 00", "'AMQP' 01", "'AMQP' 02", "'AMQP' 03"),
        Signature.Stream(AppProtocol.Bgp, "FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF 00"),
        Signature.Stream(AppProtocol.Cassandra, "03 00 00 00 05 00 00 00 00", "04 00 00 00 05 00 00 00 00", "05 00 00 00 05 00 00 00 00", "03 00 00 ?? 01 00 00 00 ?? 00 01 00", "04 00 00 ?? 01 00 00 00 ?? 00 01 00"),
        Signature.Stream(AppProtocol.Citrix, "7F 7F 'ICA' 00"),
        Signature.Stream(AppProtocol.Elasticsearch, "'ES' 00 00 ?? ?? 00 00 00 00"),
        Signature.Stream(AppProtocol.Fix, "'8=FIX.'", "'8=FIXT.'", "'8=O' 01 '9='"),
        Signature.Stream(AppProtocol.Git, "'0' ?? ?? ?? 'git-upload-pack /'", "'0' ?? ?? ?? 'git-receive-pack /'"),
        Signature.Stream(AppProtocol.H323, "03 00 ?? ?? 08 02"),
        Signature.Stream(AppProtocol.HaProxy, "'PROXY TCP4 '", "'PROXY TCP6 '", "0D 0A 0D 0A 00 0D 0A 'QUIT' 0A"),
        Signature.Stream(AppProtocol.Oracle, "?? ?? 00 00 01 ?? 00 00 01 ?? 01 2C"),
        Signature.Stream(AppProtocol.Pptp, "00 9C 00 01 1A 2B 3C 4D"),
        Signature.Stream(AppProtocol.Rfb, "'RFB 00' ?? '.0'"),
        Signature.Stream(AppProtocol.Rsync, "'@RSYNCD: '"),
        Signature.Stream(AppProtocol.Stomp, "'STOMP' 0A", "'CONNECT' 0A", "'CONNECTED' 0A"),
        Signature.Stream(AppProtocol.TeamViewer, "17 24 0A 20", "17 24 0B 20"),
        Signature.Stream(AppProtocol.Zabbix, "'ZBXD' 01"),
        Signature.Datagram(AppProtocol.Bjnp, 0, 16, "'BJNP'", "'BJNB'", "'MFNP'"),
        Signature.Datagram(AppProtocol.DnsCrypt, 0, 32, "'r6fnvWj8'"),
        Signature.Datagram(AppProtocol.Dropbox, 17500, 32, "'{\"host_int\"'", "'{\"version\"'"),
        Signature.Datagram(AppProtocol.Mgcp, 0, 16, "'AUEP '", "'RSIP '", "'NTFY '", "'CRCX '", "'MDCX '", "'DLCX '", "'RQNT '", "'AUCX '"),
        Signature.Datagram(AppProtocol.RakNet, 0, 18, "05 00 FF FF 00 FE FE FE FE FD FD FD FD", "06 00 FF FF 00 FE FE FE FE FD FD FD FD", "07 00 FF FF 00 FE FE FE FE FD FD FD FD", "08 00 FF FF 00 FE FE FE FE FD FD FD FD", "01 ?? ?? ?? ?? ?? ?? ?? ?? 00 FF FF 00 FE FE FE FE"),
        Signature.Datagram(AppProtocol.Roughtime, 0, 32, "'ROUGHTIM'", "02 00 00 00 40 00 00 00 'NONCPAD' FF", "05 00 00 00 40 00 00 00 40 00 00 00 ?? ?? 00 00 ?? ?? 00 00 'SIG' 00 'PATH'"),
        Signature.Datagram(AppProtocol.SourceEngine, 0, 5, "FF FF FF FF 'TSource Engine Query'", "FF FF FF FF 'I' ??", "FF FF FF FF 'A' ??", "FF FF FF FF 'U' ??", "FF FF FF FF 'V' ??"),
        Signature.Datagram(AppProtocol.Syncthing, 0, 32, "2E A7 D9 0B", "'I~' 09 B5"),
    ];

    /// <summary>Short ones, which a port must confirm.</summary>
    public static IReadOnlyList<ProtocolEntry> OnPort { get; } =
    [
        Signature.Datagram(AppProtocol.Bacnet, 47808, 6, "81 04", "81 09", "81 0A", "81 0B"),
        Signature.Datagram(AppProtocol.Collectd, 25826, 8, "00 00 00"),
        Signature.Datagram(AppProtocol.Gtp, 2152, 8, "30 ??", "32 ??", "34 ??", "36 ??"),
        Signature.Datagram(AppProtocol.Gtp, 2123, 8, "32 ??", "40 ??", "48 ??"),
        Signature.Datagram(AppProtocol.Gtp, 3386, 8, "0E ??", "0F ??", "1E ??"),
        Signature.Datagram(AppProtocol.H323, 1719, 16, "?? ?? ?? ?? 06 00 08 91 4A 00"),
        Signature.Datagram(AppProtocol.KnxNetIp, 3671, 6, "06 10"),
        Signature.Datagram(AppProtocol.NatPmp, 5351, 2, "00 00", "00 01", "00 02", "00 80", "00 81", "00 82", "02 00", "02 01", "02 02", "02 80", "02 81", "02 82"),
        Signature.Datagram(AppProtocol.Ptp, 319, 34, "?? 02", "?? 12"),
        Signature.Datagram(AppProtocol.Ptp, 320, 34, "?? 02", "?? 12"),
        Signature.Datagram(AppProtocol.Rmcp, 623, 4, "06 00"),
        Signature.Datagram(AppProtocol.Ubiquiti, 10001, 4, "01 00 00 00", "02 06 00", "02 0A 00", "01 00 00"),
        Signature.Datagram(AppProtocol.WsDiscovery, 3702, 32, "'<'"),
        Signature.Datagram(AppProtocol.Xdmcp, 177, 6, "00 01 00"),
    ];
}
