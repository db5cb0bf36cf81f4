namespace MediaSecurityLite.Inspection.Flows;

/// <summary>What a flow speaks, by its content.</summary>
public enum AppProtocol : byte
{
    /// <summary>Not decided yet.</summary>
    Unknown,

    /// <summary>Looked at and not recognised.</summary>
    Failed,

    /// <summary>DNS over UDP or TCP.</summary>
    Dns,

    /// <summary>Multicast DNS.</summary>
    Mdns,

    /// <summary>Link-local multicast name resolution.</summary>
    Llmnr,

    /// <summary>NetBIOS name service.</summary>
    Nbns,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>QUIC, with whatever it carries.</summary>
    Quic,

    /// <summary>HTTP/1.x.</summary>
    Http,

    /// <summary>AMQP.</summary>
    Amqp,

    /// <summary>Apple's file sharing (AFP over DSI).</summary>
    Afp,

    /// <summary>BACnet/IP.</summary>
    Bacnet,

    /// <summary>BGP.</summary>
    Bgp,

    /// <summary>BitTorrent between peers, to trackers and in the local network.</summary>
    BitTorrent,

    /// <summary>BitTorrent's distributed hash table.</summary>
    BitTorrentDht,

    /// <summary>Canon's printers and scanners.</summary>
    Bjnp,

    /// <summary>Cassandra.</summary>
    Cassandra,

    /// <summary>Citrix ICA.</summary>
    Citrix,

    /// <summary>CoAP.</summary>
    Coap,

    /// <summary>collectd.</summary>
    Collectd,

    /// <summary>DCE/RPC, as Windows uses it.</summary>
    DceRpc,

    /// <summary>DHCP for IPv4.</summary>
    Dhcp,

    /// <summary>DHCP for IPv6.</summary>
    DhcpV6,

    /// <summary>DNP3.</summary>
    Dnp3,

    /// <summary>DNSCrypt.</summary>
    DnsCrypt,

    /// <summary>Dropbox's search in the local network.</summary>
    Dropbox,

    /// <summary>DTLS.</summary>
    Dtls,

    /// <summary>Elasticsearch's transport.</summary>
    Elasticsearch,

    /// <summary>EtherNet/IP.</summary>
    EthernetIp,

    /// <summary>FIX.</summary>
    Fix,

    /// <summary>Geneve.</summary>
    Geneve,

    /// <summary>Git.</summary>
    Git,

    /// <summary>GTP.</summary>
    Gtp,

    /// <summary>H.323 call signalling.</summary>
    H323,

    /// <summary>The PROXY protocol.</summary>
    HaProxy,

    /// <summary>IKE.</summary>
    Ike,

    /// <summary>ESP in UDP.</summary>
    Ipsec,

    /// <summary>Kerberos.</summary>
    Kerberos,

    /// <summary>KNXnet/IP.</summary>
    KnxNetIp,

    /// <summary>L2TP.</summary>
    L2tp,

    /// <summary>LDAP.</summary>
    Ldap,

    /// <summary>MGCP.</summary>
    Mgcp,

    /// <summary>Modbus/TCP.</summary>
    Modbus,

    /// <summary>MongoDB.</summary>
    MongoDb,

    /// <summary>MQTT.</summary>
    Mqtt,

    /// <summary>SQL Server (TDS).</summary>
    MsSql,

    /// <summary>MySQL and MariaDB.</summary>
    MySql,

    /// <summary>NAT-PMP and PCP.</summary>
    NatPmp,

    /// <summary>NetBIOS datagrams.</summary>
    NetBiosDatagram,

    /// <summary>NetFlow and IPFIX.</summary>
    NetFlow,

    /// <summary>NFS and its port mapper, mount and lock services.</summary>
    Nfs,

    /// <summary>NTP.</summary>
    Ntp,

    /// <summary>OpenVPN.</summary>
    OpenVpn,

    /// <summary>Oracle (TNS).</summary>
    Oracle,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,

    /// <summary>PPTP's control connection.</summary>
    Pptp,

    /// <summary>Precision time protocol.</summary>
    Ptp,

    /// <summary>RADIUS.</summary>
    Radius,

    /// <summary>RakNet.</summary>
    RakNet,

    /// <summary>Redis.</summary>
    Redis,

    /// <summary>VNC (RFB).</summary>
    Rfb,

    /// <summary>RMCP (IPMI).</summary>
    Rmcp,

    /// <summary>Roughtime.</summary>
    Roughtime,

    /// <summary>rsync.</summary>
    Rsync,

    /// <summary>RTCP.</summary>
    Rtcp,

    /// <summary>RTP.</summary>
    Rtp,

    /// <summary>RTSP.</summary>
    Rtsp,

    /// <summary>SNMP.</summary>
    Snmp,

    /// <summary>SOCKS 4 and 5.</summary>
    Socks,

    /// <summary>Queries to servers of Valve's games.</summary>
    SourceEngine,

    /// <summary>sFlow.</summary>
    SFlow,

    /// <summary>SSDP, the discovery of UPnP.</summary>
    Ssdp,

    /// <summary>STOMP.</summary>
    Stomp,

    /// <summary>STUN and TURN, with the media on the same port.</summary>
    Stun,

    /// <summary>Syncthing's search in the local network.</summary>
    Syncthing,

    /// <summary>Syslog.</summary>
    Syslog,

    /// <summary>TeamViewer.</summary>
    TeamViewer,

    /// <summary>Teredo.</summary>
    Teredo,

    /// <summary>Ubiquiti's search in the local network.</summary>
    Ubiquiti,

    /// <summary>VXLAN.</summary>
    Vxlan,

    /// <summary>WireGuard.</summary>
    WireGuard,

    /// <summary>WS-Discovery.</summary>
    WsDiscovery,

    /// <summary>XDMCP.</summary>
    Xdmcp,

    /// <summary>Zabbix.</summary>
    Zabbix,
    /// <summary>HTTP/2 in clear text.</summary>
    Http2,

    /// <summary>WebSocket, after an HTTP upgrade.</summary>
    WebSocket,

    /// <summary>IMAP4.</summary>
    Imap,

    /// <summary>POP3.</summary>
    Pop3,

    /// <summary>SMTP.</summary>
    Smtp,

    /// <summary>SSH.</summary>
    Ssh,

    /// <summary>FTP, the control connection.</summary>
    Ftp,

    /// <summary>FTP, a data connection.</summary>
    FtpData,

    /// <summary>SMB, all versions.</summary>
    Smb,

    /// <summary>Internet Relay Chat.</summary>
    Irc,

    /// <summary>Remote Desktop Protocol.</summary>
    Rdp,

    /// <summary>SIP.</summary>
    Sip,

    /// <summary>Telnet.</summary>
    Telnet,

    /// <summary>TFTP, requests and transfers.</summary>
    Tftp,

    /// <summary>XMPP.</summary>
    Xmpp,
}
