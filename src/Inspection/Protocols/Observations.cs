using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Files;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.BitTorrent;
using MediaSecurityLite.Inspection.Protocols.Dhcp;
using MediaSecurityLite.Inspection.Protocols.Dns;
using MediaSecurityLite.Inspection.Protocols.Expectations;
using MediaSecurityLite.Inspection.Protocols.Ftp;
using MediaSecurityLite.Inspection.Protocols.Http;
using MediaSecurityLite.Inspection.Protocols.Ike;
using MediaSecurityLite.Inspection.Protocols.Kerberos;
using MediaSecurityLite.Inspection.Protocols.Ldap;
using MediaSecurityLite.Inspection.Protocols.Mqtt;
using MediaSecurityLite.Inspection.Protocols.MySql;
using MediaSecurityLite.Inspection.Protocols.PostgreSql;
using MediaSecurityLite.Inspection.Protocols.Quic;
using MediaSecurityLite.Inspection.Protocols.Rdp;
using MediaSecurityLite.Inspection.Protocols.Sip;
using MediaSecurityLite.Inspection.Protocols.Smb;
using MediaSecurityLite.Inspection.Protocols.Smtp;
using MediaSecurityLite.Inspection.Protocols.Snmp;
using MediaSecurityLite.Inspection.Protocols.Socks;
using MediaSecurityLite.Inspection.Protocols.Ssdp;
using MediaSecurityLite.Inspection.Protocols.Ssh;
using MediaSecurityLite.Inspection.Protocols.Stun;
using MediaSecurityLite.Inspection.Protocols.Syslog;
using MediaSecurityLite.Inspection.Protocols.Tls;
using MediaSecurityLite.Inspection.Protocols.WebSocket;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>
/// Where parsers report what they read. Each observation first meets the detectors, then becomes a record where records are
/// wanted. One per inspector.
/// </summary>
internal sealed class Observations(DetectorSet detectors, EveWriter? records, FilePool files)
{
    /// <summary>Time of the packet that is being inspected, in nanoseconds since 1970-01-01 UTC.</summary>
    public long Now { get; set; }

    /// <summary>Application data that broke its protocol's rules.</summary>
    public long Malformed { get; private set; }

    /// <summary>Facts that only records need are kept where this is true.</summary>
    public bool WantsRecords => records is not null;

    /// <summary>Somebody looks at certificates.</summary>
    public bool WantsCertificates => records is not null || detectors.Snapshot.Patterns.HasFingerprints;

    /// <summary>Flows that others have announced.</summary>
    public ExpectationTable Expected { get; } = new();

    /// <summary>Where readers take the files they follow from.</summary>
    public FilePool Files => files;

    /// <summary>Somebody looks at files; without, bodies need neither be decoded nor hashed.</summary>
    public bool WantsFiles => records is not null || detectors.Snapshot.Patterns.HasFiles;

    /// <summary>Counts data that broke its protocol's rules.</summary>
    public void CountMalformed() => Malformed++;

    public void Dns(Flow flow, in DnsMessage message)
    {
        if (!message.IsResponse && flow.App == AppProtocol.Dns)
        {
            detectors.OnDnsQuery(flow, message, Now);
        }

        records?.Dns(flow, message, Now);
    }

    /// <summary>The client said hello: the earliest moment at which the server's name is known.</summary>
    public void TlsClientHello(Flow flow, in ClientHello hello, byte carrier)
    {
        detectors.OnServerName(flow, hello.ServerName, Now);
        detectors.OnClientHello(flow, hello, carrier, Now);
    }

    /// <summary>The server showed its certificate.</summary>
    public void TlsCertificate(Flow flow, TlsSession session) => detectors.OnCertificate(flow, session.Fingerprint.Value, Now);

    /// <summary>A TLS session is known as far as it will be.</summary>
    public void TlsSession(Flow flow, TlsSession session) => records?.Tls(flow, session, Now);

    /// <summary>The client said hello in QUIC.</summary>
    public void QuicClientHello(Flow flow, uint version, in ClientHello hello)
    {
        detectors.OnServerName(flow, hello.ServerName, Now);
        detectors.OnClientHello(flow, hello, Ja4.Quic, Now);
        records?.Quic(flow, version, hello, Now);
    }

    /// <summary>The client said hello in Google's QUIC.</summary>
    public void QuicGoogleHello(Flow flow, uint version, in GoogleHello hello)
    {
        detectors.OnServerName(flow, hello.Find("SNI\0"u8), Now);
        records?.Quic(flow, version, hello, Now);
    }

    /// <summary>A QUIC connection is over and its client's hello could not be read.</summary>
    public void QuicWithoutHello(Flow flow, uint version) => records?.Quic(flow, version, Now);

    /// <summary>The head of a request is complete: the earliest moment at which host and target are known.</summary>
    public void HttpRequest(Flow flow, HttpRequestHead request) => detectors.OnHttpRequest(flow, request, Now);

    /// <summary>A file has passed, whole or not.</summary>
    public void File(Flow flow, TrackedFile file)
    {
        Detect(flow, file);
        records?.File(flow, file, Now);
    }

    /// <summary>A file has passed as the body of a request or response, or as part of one.</summary>
    public void File(Flow flow, TrackedFile file, HttpTransaction transaction)
    {
        Detect(flow, file);
        records?.File(flow, file, transaction, Now);
    }

    /// <summary>A WebSocket connection is over.</summary>
    public void WebSocket(Flow flow, WebSocketParser connection) => records?.WebSocket(flow, connection, Now);

    /// <summary>A request and its response are over, or the flow is.</summary>
    public void HttpTransaction(Flow flow, HttpTransaction transaction) => records?.Http(flow, transaction, Now);

    public void BitTorrent(Flow flow, BitTorrentParser peer) => records?.BitTorrent(flow, peer, Now);

    public void BitTorrentDht(Flow flow, in DhtMessage message) => records?.BitTorrentDht(flow, message, Now);

    public void Dhcp(Flow flow, in DhcpMessage message) => records?.Dhcp(flow, message, Now);

    public void DhcpV6(Flow flow, in DhcpV6Message message) => records?.DhcpV6(flow, message, Now);

    public void Ike(Flow flow, in IkeMessage message) => records?.Ike(flow, message, Now);

    public void Kerberos(Flow flow, KerberosParser exchange) => records?.Kerberos(flow, exchange, Now);

    public void LdapBind(Flow flow, LdapParser session) => records?.Ldap(flow, session, Now);

    public void Mqtt(Flow flow, MqttParser session) => records?.Mqtt(flow, session, Now);

    public void MySql(Flow flow, MySqlParser session) => records?.MySql(flow, session, Now);

    public void PostgreSql(Flow flow, PostgreSqlParser session) => records?.PostgreSql(flow, session, Now);

    /// <summary>A client asks a proxy for a host, by name or by address: the earliest moment at which either is known.</summary>
    public void ProxyTarget(Flow flow, ReadOnlySpan<byte> name, IpAddress address, ushort port)
    {
        if (name.IsEmpty)
        {
            detectors.OnAddress(flow, address, port, Now);
        }
        else
        {
            detectors.OnServerName(flow, name, Now);
        }
    }

    public void Snmp(Flow flow, in SnmpMessage message) => records?.Snmp(flow, message, Now);

    public void Socks(Flow flow, SocksParser session) => records?.Socks(flow, session, Now);

    public void Ssdp(Flow flow, in SsdpMessage message) => records?.Ssdp(flow, message, Now);

    public void Stun(Flow flow, StunParser session) => records?.Stun(flow, session, Now);

    public void Syslog(Flow flow, in SyslogMessage message) => records?.Syslog(flow, message, Now);

    /// <summary>A mail was sent, refused or given up.</summary>
    public void Mail(Flow flow, SmtpTransaction mail) => records?.Smtp(flow, mail, Now);

    /// <summary>An SSH connection is known as far as it will be.</summary>
    public void Ssh(Flow flow, SshParser connection) => records?.Ssh(flow, connection, Now);

    /// <summary>A command of FTP and its reply.</summary>
    public void Ftp(Flow flow, FtpTransaction transaction) => records?.Ftp(flow, transaction, Now);

    /// <summary>A transfer of FTP is over.</summary>
    public void FtpData(Flow flow, FtpDataParser transfer) => records?.FtpData(flow, transfer, Now);

    /// <summary>Two sides agreed on a dialect of SMB, or did not.</summary>
    public void SmbNegotiation(Flow flow, SmbNegotiation negotiation) => records?.Smb(flow, negotiation, Now);

    /// <summary>A client asks for a desktop.</summary>
    public void RdpRequest(Flow flow, RdpParser connection) => records?.RdpRequest(flow, connection, Now);

    /// <summary>The server answered with the security it chose, an error, or nothing.</summary>
    public void RdpResponse(Flow flow, uint? number, bool isFailure) => records?.RdpResponse(flow, number, isFailure, Now);

    /// <summary>A client described itself.</summary>
    public void RdpClient(Flow flow, in RdpClientCore core) => records?.RdpClient(flow, core, Now);

    public void Sip(Flow flow, Direction direction, in SipStartLine start) => records?.Sip(flow, direction, start, Now);

    /// <summary>A file was asked for by TFTP.</summary>
    public void Tftp(Flow flow, bool isRead, ReadOnlySpan<byte> file, ReadOnlySpan<byte> mode) => records?.Tftp(flow, isRead, file, mode, Now);

    private void Detect(Flow flow, TrackedFile file)
    {
        if (file.HasDigest)
        {
            detectors.OnFile(flow, file.Digest, Now);
        }
    }
}
