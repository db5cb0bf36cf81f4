using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.BitTorrent;
using MediaSecurityLite.Inspection.Protocols.Dhcp;
using MediaSecurityLite.Inspection.Protocols.Dns;
using MediaSecurityLite.Inspection.Protocols.Dtls;
using MediaSecurityLite.Inspection.Protocols.Ftp;
using MediaSecurityLite.Inspection.Protocols.Http;
using MediaSecurityLite.Inspection.Protocols.Http2;
using MediaSecurityLite.Inspection.Protocols.Ike;
using MediaSecurityLite.Inspection.Protocols.Imap;
using MediaSecurityLite.Inspection.Protocols.Irc;
using MediaSecurityLite.Inspection.Protocols.Kerberos;
using MediaSecurityLite.Inspection.Protocols.Ldap;
using MediaSecurityLite.Inspection.Protocols.Mqtt;
using MediaSecurityLite.Inspection.Protocols.MySql;
using MediaSecurityLite.Inspection.Protocols.Ntp;
using MediaSecurityLite.Inspection.Protocols.OpenVpn;
using MediaSecurityLite.Inspection.Protocols.Pop3;
using MediaSecurityLite.Inspection.Protocols.PostgreSql;
using MediaSecurityLite.Inspection.Protocols.Quic;
using MediaSecurityLite.Inspection.Protocols.Rdp;
using MediaSecurityLite.Inspection.Protocols.Recognition;
using MediaSecurityLite.Inspection.Protocols.Recognition.Probes;
using MediaSecurityLite.Inspection.Protocols.Rtp;
using MediaSecurityLite.Inspection.Protocols.Sip;
using MediaSecurityLite.Inspection.Protocols.Smb;
using MediaSecurityLite.Inspection.Protocols.Smtp;
using MediaSecurityLite.Inspection.Protocols.Snmp;
using MediaSecurityLite.Inspection.Protocols.Socks;
using MediaSecurityLite.Inspection.Protocols.Ssdp;
using MediaSecurityLite.Inspection.Protocols.Ssh;
using MediaSecurityLite.Inspection.Protocols.Stun;
using MediaSecurityLite.Inspection.Protocols.Syslog;
using MediaSecurityLite.Inspection.Protocols.Telnet;
using MediaSecurityLite.Inspection.Protocols.Tftp;
using MediaSecurityLite.Inspection.Protocols.Tls;
using MediaSecurityLite.Inspection.Protocols.WebSocket;
using MediaSecurityLite.Inspection.Protocols.WireGuard;
using MediaSecurityLite.Inspection.Protocols.Xmpp;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>
/// Every protocol the engine knows: one line here, one folder beside where it is read.
/// Order is priority, for flows that more than one line could claim: first what fixed numbers or words give away, then what a
/// port and the content both say, then what several lengths and values agree on, last what is merely plausible.
/// </summary>
internal static class ProtocolList
{
    private static readonly FirstBytes Letters = FirstBytes.Range((byte)'A', (byte)'Z');
    private static readonly FirstBytes LettersOrLineEnds = FirstBytes.Of([(byte)'\r', (byte)'\n', .. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8]);
    private static readonly FirstBytes Ber = FirstBytes.Of(0x30);

    public static IReadOnlyList<ProtocolEntry> Entries { get; } =
    [
        // Fixed.
        new(AppProtocol.Tls, static shared => new TlsParser(shared.Memory)) { Stream = static (data, _, _) => TlsProbe.Stream(data), StreamStart = FirstBytes.Of(0x16, 0x80, 0x81) },
        new(AppProtocol.Quic, static shared => new QuicParser(shared.Memory, shared.QuicProtection)) { Datagram = static (data, _, _) => QuicProbe.Datagram(data), DatagramStart = QuicProbe.Start },
        new(AppProtocol.Http2, static shared => new Http2Parser(shared)) { Stream = static (data, direction, _) => Http2Probe.Stream(data, direction), StreamStart = FirstBytes.Of(0, (byte)'P') },
        new(AppProtocol.Smtp, static _ => new SmtpParser()) { Stream = SmtpProbe.Stream, StreamStart = FirstBytes.Of("2EHLMehlm"u8) },
        new(AppProtocol.Pop3, static _ => new Pop3Parser()) { Stream = Pop3Probe.Stream, StreamStart = FirstBytes.Of((byte)'+') },
        new(AppProtocol.Imap, static _ => new ImapParser()) { Stream = static (data, direction, _) => ImapProbe.Stream(data, direction), StreamStart = FirstBytes.Of((byte)'*') },
        new(AppProtocol.Ssh, static _ => new SshParser()) { Stream = static (data, _, _) => SshProbe.Stream(data), StreamStart = FirstBytes.Of((byte)'S', (byte)'s') },
        new(AppProtocol.Ftp, static _ => new FtpParser()) { Stream = FtpProbe.Stream, StreamStart = FirstBytes.Of("2AFSUafsu"u8) },
        new(AppProtocol.FtpData, static _ => new FtpDataParser()),
        new(AppProtocol.Smb, static _ => new SmbParser()) { Stream = static (data, _, _) => SmbProbe.Stream(data), StreamStart = FirstBytes.Of(0x00, 0x81) },
        new(AppProtocol.Sip, static _ => new SipParser()) { Stream = SipProbe.Stream, StreamStart = Letters, Datagram = SipProbe.Datagram, DatagramStart = Letters },
        new(AppProtocol.Rdp, static _ => new RdpParser()) { Stream = RdpProbe.Stream, StreamStart = FirstBytes.Of(3) },
        new(AppProtocol.Telnet) { Stream = TelnetProbe.Stream, StreamStart = FirstBytes.Of(0xFF) },
        new(AppProtocol.Tftp, static _ => new TftpParser()) { Datagram = TftpParser.Probe, DatagramStart = FirstBytes.Of(0) },
        new(AppProtocol.Xmpp, static _ => new XmppParser()) { Stream = XmppProbe.Stream, StreamStart = FirstBytes.Of((byte)'<') },
        new(AppProtocol.Irc) { Stream = IrcProbe.Stream, StreamStart = FirstBytes.Of(":CNPUcnpu"u8) },
        new(AppProtocol.Rtsp) { Stream = RtspProbe.Stream, StreamStart = Letters },
        new(AppProtocol.Http, static shared => new HttpParser(shared.Decoders)) { Stream = static (data, direction, _) => HttpProbe.Stream(data, direction), StreamStart = LettersOrLineEnds },
        new(AppProtocol.WebSocket, static _ => new WebSocketParser()),
        new(AppProtocol.Ssdp, static _ => new SsdpParser()) { Datagram = SsdpParser.Probe, DatagramStart = Letters },
        new(AppProtocol.BitTorrent, static _ => new BitTorrentParser()) { Stream = BitTorrentProbe.Stream, StreamStart = FirstBytes.Of(0x13), Datagram = BitTorrentProbe.Datagram, DatagramStart = FirstBytes.Of(0x00, 0x01, 0x21, 0x41, (byte)'B') },
        new(AppProtocol.BitTorrentDht, static _ => new DhtParser()) { Datagram = DhtParser.Probe, DatagramStart = FirstBytes.Of((byte)'d') },
        new(AppProtocol.Mqtt, static _ => new MqttParser()) { Stream = MqttProbe.Stream, StreamStart = FirstBytes.Of(0x10, 0x20) },
        .. Signatures.Certain,

        // A port and the content agree.
        new(AppProtocol.Modbus) { Stream = ModbusProbe.Stream },
        new(AppProtocol.MsSql) { Stream = TdsProbe.Stream, StreamStart = FirstBytes.Range(1, 18) },
        new(AppProtocol.EthernetIp) { Stream = EthernetIpProbe.Stream, Datagram = EthernetIpProbe.Datagram },

        // Sound: lengths and values agree.
        new(AppProtocol.Dhcp, static _ => new DhcpParser()) { Datagram = DhcpParser.Probe, DatagramStart = FirstBytes.Of(1, 2) },
        new(AppProtocol.Stun, static _ => new StunParser()) { Datagram = StunProbe.Datagram, DatagramStart = FirstBytes.Range(0, 3), Stream = StunProbe.Stream, StreamStart = FirstBytes.Range(0, 7) },
        new(AppProtocol.Dtls) { Datagram = DtlsProbe.Datagram, DatagramStart = FirstBytes.Of(22) },
        new(AppProtocol.WireGuard) { Datagram = WireGuardProbe.Datagram, DatagramStart = FirstBytes.Range(1, 4) },
        new(AppProtocol.Ike, static _ => new IkeParser()) { Datagram = IkeParser.Probe },
        new(AppProtocol.OpenVpn) { Datagram = OpenVpnProbe.Datagram, DatagramStart = FirstBytes.Of(0x38, 0x40, 0x50), Stream = OpenVpnProbe.Stream, StreamStart = FirstBytes.Range(0, 4) },
        new(AppProtocol.Kerberos, static _ => new KerberosParser()) { Datagram = KerberosProbe.Datagram, DatagramStart = FirstBytes.Range(0x6A, 0x7E), Stream = KerberosProbe.Stream, StreamStart = FirstBytes.Range(0, 1) },
        new(AppProtocol.Snmp, static _ => new SnmpParser()) { Datagram = SnmpParser.Probe, DatagramStart = Ber },
        new(AppProtocol.Ldap, static _ => new LdapParser()) { Datagram = LdapProbe.Datagram, DatagramStart = Ber, Stream = LdapProbe.Stream, StreamStart = Ber },
        new(AppProtocol.Dnp3) { Datagram = Dnp3Probe.Datagram, DatagramStart = FirstBytes.Of(5), Stream = Dnp3Probe.Stream, StreamStart = FirstBytes.Of(5) },
        new(AppProtocol.Nfs) { Datagram = SunRpcProbe.Datagram, Stream = SunRpcProbe.Stream, StreamStart = FirstBytes.Of(0x80) },
        new(AppProtocol.MySql, static _ => new MySqlParser()) { Stream = MySqlParser.Probe },
        new(AppProtocol.PostgreSql, static _ => new PostgreSqlParser()) { Stream = PostgreSqlParser.Probe, StreamStart = FirstBytes.Of(0) },
        new(AppProtocol.Redis) { Stream = RedisProbe.Stream, StreamStart = FirstBytes.Of((byte)'*') },
        new(AppProtocol.Socks, static _ => new SocksParser()) { Stream = SocksProbe.Stream, StreamStart = FirstBytes.Of(4, 5) },
        new(AppProtocol.DceRpc) { Stream = DceRpcProbe.Stream, StreamStart = FirstBytes.Of(5), Datagram = DceRpcProbe.Datagram, DatagramStart = FirstBytes.Of(4) },
        new(AppProtocol.MongoDb) { Stream = MongoDbProbe.Stream },
        new(AppProtocol.Syslog, static _ => new SyslogParser()) { Datagram = SyslogParser.Probe, DatagramStart = FirstBytes.Of((byte)'<'), Stream = SyslogParser.StreamProbe, StreamStart = FirstBytes.Range((byte)'1', (byte)'<') },
        new(AppProtocol.L2tp) { Datagram = L2tpProbe.Datagram, DatagramStart = FirstBytes.Of(0xC8) },
        new(AppProtocol.Radius) { Datagram = RadiusProbe.Datagram, DatagramStart = FirstBytes.Range(1, 45) },
        new(AppProtocol.NetFlow) { Datagram = NetFlowProbe.Datagram, DatagramStart = FirstBytes.Of(0) },
        new(AppProtocol.SFlow) { Datagram = SFlowProbe.Datagram, DatagramStart = FirstBytes.Of(0) },
        new(AppProtocol.Rtcp) { Datagram = RtcpProbe.Datagram, DatagramStart = FirstBytes.Range(0x80, 0xBF) },
        new(AppProtocol.Rtp) { Datagram = RtpProbe.Datagram, DatagramStart = FirstBytes.Range(0x80, 0xBF) },

        // Plausible.
        new(AppProtocol.Mdns, static _ => new DnsParser(AppProtocol.Mdns)) { Datagram = static (data, _, flow) => DnsProbe.DatagramOn(DnsProbe.MdnsPort, data, flow) },
        new(AppProtocol.Llmnr, static _ => new DnsParser(AppProtocol.Llmnr)) { Stream = static (data, _, flow) => DnsProbe.StreamOn(DnsProbe.LlmnrPort, data, flow), Datagram = static (data, _, flow) => DnsProbe.DatagramOn(DnsProbe.LlmnrPort, data, flow) },
        new(AppProtocol.Nbns, static _ => new DnsParser(AppProtocol.Nbns)) { Datagram = static (data, _, flow) => DnsProbe.DatagramOn(DnsProbe.NbnsPort, data, flow) },
        new(AppProtocol.Dns, static _ => new DnsParser(AppProtocol.Dns)) { Stream = static (data, _, flow) => DnsProbe.Stream(data, flow), Datagram = static (data, _, flow) => DnsProbe.Datagram(data, flow) },
        new(AppProtocol.Ntp) { Datagram = NtpProbe.Datagram, DatagramStart = FirstBytes.Where(value => ((value >> 3) & 7) is >= 1 and <= 4) },
        new(AppProtocol.DhcpV6, static _ => new DhcpV6Parser()) { Datagram = DhcpV6Parser.Probe, DatagramStart = FirstBytes.Range(1, 13) },
        new(AppProtocol.Coap) { Datagram = CoapProbe.Datagram, DatagramStart = FirstBytes.Range(0x40, 0x7F) },
        new(AppProtocol.NetBiosDatagram) { Datagram = NetBiosDatagramProbe.Datagram, DatagramStart = FirstBytes.Range(0x10, 0x16) },
        new(AppProtocol.Teredo) { Datagram = TunnelProbe.Teredo, DatagramStart = FirstBytes.Where(value => value == 0 || value >> 4 == 6) },
        new(AppProtocol.Vxlan) { Datagram = TunnelProbe.Vxlan, DatagramStart = FirstBytes.Where(value => (value & 0x08) != 0) },
        new(AppProtocol.Geneve) { Datagram = TunnelProbe.Geneve, DatagramStart = FirstBytes.Range(0, 0x3F) },
        .. Signatures.OnPort,
        new(AppProtocol.Ipsec) { Datagram = EspProbe.Datagram },
    ];
}
