using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols;

public sealed class RecordTests
{
    [Fact]
    public void Dhcp_Request_TellsWhoAsksForWhat()
    {
        var record = new Exchange(67, 68).Client(SampleDatagrams.DhcpRequest()).Replay().Only("dhcp");

        Assert.Equal("request", (string?)record["type"]);
        Assert.Equal("request", (string?)record["dhcp_type"]);
        Assert.Equal(0xDEADBEEF, (long?)record["id"]);
        Assert.Equal("02:00:00:00:00:0a", (string?)record["client_mac"]);
        Assert.Equal("02:00:00:00:00:0a", (string?)record["client_id"]);
        Assert.Equal("192.168.1.77", (string?)record["requested_ip"]);
        Assert.Equal("note-pc", (string?)record["hostname"]);
        Assert.Equal("MSFT 5.0", (string?)record["vendor_class_identifier"]);
        Assert.Equal("[\"subnet_mask\",\"router\",\"dns_server\",\"domain\"]", record["params"]!.ToJsonString());
        Assert.Equal("1,3,6,15", (string?)record["parameter_list"]);
    }

    [Fact]
    public void DhcpV6_Solicit_TellsWhoAsks()
    {
        var record = new Exchange(547, 546).Client(SampleDatagrams.DhcpV6Solicit()).Replay().Only("dhcpv6");

        Assert.Equal("solicit", (string?)record["type"]);
        Assert.Equal("note-pc", (string?)record["hostname"]);
        Assert.Equal("23,24", (string?)record["parameter_list"]);
        Assert.Equal("00:03:00:01:02:00:00:00:00:0a", (string?)record["client_id"]);
    }

    [Fact]
    public void DhcpV6_BehindARelay_IsReadAsTheClientWroteIt()
    {
        var solicit = SampleDatagrams.DhcpV6Solicit();
        byte[] relayed = [12, 0, .. new byte[32], 0, 9, 0, (byte)solicit.Length, .. solicit];

        Assert.Equal("note-pc", (string?)new Exchange(547, 547).Client(relayed).Replay().Only("dhcpv6")["hostname"]);
    }

    [Fact]
    public void Snmp_Get_TellsWhatIsAskedButNotTheCommunity()
    {
        var replaying = new Exchange(161).Client(SampleDatagrams.SnmpGet()).Replay();
        var record = replaying.Only("snmp");

        Assert.Equal(2, (int?)record["version"]);
        Assert.Equal("get_request", (string?)record["pdu_type"]);
        Assert.Equal("[\"1.3.6.1.2.1.1.1.0\"]", record["vars"]!.ToJsonString());
        Assert.DoesNotContain("private", replaying.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Kerberos_Error_KeepsWhomTheRequestNamed()
    {
        var record = new Exchange(88).Client(SampleStreams.KerberosRequest()).Server(SampleStreams.KerberosError()).Replay().Only("krb5");

        Assert.Equal("KRB_ERROR", (string?)record["msg_type"]);
        Assert.Equal("KRB_AS_REQ", (string?)record["failed_request"]);
        Assert.Equal(25, (int?)record["error_code"]);
        Assert.Equal("alice", (string?)record["cname"]);
        Assert.Equal("EXAMPLE.ORG", (string?)record["realm"]);
        Assert.Equal("krbtgt/EXAMPLE.ORG", (string?)record["sname"]);
    }

    [Fact]
    public void Kerberos_RequestWithoutAnswer_IsReportedAtTheEnd() =>
        Assert.Equal("KRB_AS_REQ", (string?)new Exchange(88).Client(SampleStreams.KerberosRequest()).Replay().Only("krb5")["msg_type"]);

    [Fact]
    public void Mqtt_Connect_TellsClientAndVersion()
    {
        var record = Replay("mqtt").Only("mqtt");

        Assert.Equal("box-1", (string?)record["connect"]!["client_id"]);
        Assert.Equal(5, (int?)record["connect"]!["protocol_version"]);
        Assert.True((bool?)record["connect"]!["flags"]!["clean_session"]);
        Assert.Equal(0, (int?)record["connack"]!["return_code"]);
    }

    [Fact]
    public void Ldap_Bind_TellsNameAndResultButNotThePassword()
    {
        var replaying = Replay("ldap");
        var record = replaying.Only("ldap");

        Assert.Equal("cn=user", (string?)record["request"]!["bind_request"]!["name"]);
        Assert.Equal(0, (int?)record["responses"]![0]!["bind_response"]!["result_code"]);
        Assert.DoesNotContain("secret", replaying.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Ldap_StartTls_HandsOver()
    {
        byte[] ask = [0x30, 0x1D, 2, 1, 1, 0x77, 0x18, 0x80, 0x16, .. "1.3.6.1.4.1.1466.20037"u8];
        var conversation = new TcpConversation(serverPort: 389)
            .Client(ask).Server([0x30, 12, 2, 1, 1, 0x78, 7, 0x0A, 1, 0, 4, 0, 4, 0]).Client(SampleStreams.ClientHello).End();

        AssertHandedOver("ldap", Replaying.Of(conversation.Frames));
    }

    [Fact]
    public void BitTorrent_Handshake_TellsTorrentAndProgram()
    {
        var record = Replay("bittorrent").Only("bittorrent");

        Assert.Equal("0102030405060708090a0b0c0d0e0f1011121314", (string?)record["info_hash"]);
        Assert.Equal("TR2940", (string?)record["client"]);
    }

    [Fact]
    public void BitTorrent_LocalSearch_TellsTorrent()
    {
        const string Hash = "00112233445566778899aabbccddeeff00112233";
        var search = $"BT-SEARCH * HTTP/1.1\r\nHost: 239.192.152.143:6771\r\nPort: 6881\r\nInfohash: {Hash}\r\n\r\n\r\n";

        Assert.Equal(Hash, (string?)new Exchange(6771, 6771).Client(search).Replay().Only("bittorrent")["info_hash"]);
    }

    [Fact]
    public void BitTorrentDht_GetPeers_TellsTorrent()
    {
        var (port, payload) = SampleDatagrams.All["bittorrent-dht"];
        var record = new Exchange(port).Client(payload).Replay().Only("bittorrent_dht");

        Assert.Equal("get_peers", (string?)record["request_type"]);
        Assert.Equal(Convert.ToHexStringLower("mnopqrstuvwxyz123456"u8), (string?)record["request"]!["info_hash"]);
    }

    [Fact]
    public void Stun_FlowThatCarriesMediaToo_TellsBoth()
    {
        var exchange = new Exchange(7777).Client(SampleDatagrams.StunBinding())
            .Server([1, 1, 0, 12, 0x21, 0x12, 0xA4, 0x42, .. new byte[12], 0, 0x20, 0, 8, 0, 1, 0xA1, 0x47, 0xE1, 0x12, 0xA6, 0x43]);
        for (byte i = 0; i < 4; i++)
        {
            exchange.Client([0x80, 96, 0, i, 0, 0, 0, i, 1, 2, 3, 4, 0xAA, 0xBB]);
        }

        var record = exchange.Replay().Only("stun");
        Assert.Equal("binding", (string?)record["method"]);
        Assert.Equal("agent", (string?)record["software"]);
        Assert.Equal("192.0.2.1", (string?)record["mapped_ip"]);
        Assert.Equal(32853, (int?)record["mapped_port"]);
        Assert.True((bool?)record["rtp"]);
    }

    [Fact]
    public void Ike_Init_TellsVersionAndPayloads()
    {
        var record = new Exchange(4500).Client([0, 0, 0, 0, .. SampleDatagrams.IkeInit()]).Replay().Only("ike");

        Assert.Equal(2, (int?)record["version_major"]);
        Assert.Equal(34, (int?)record["exchange_type"]);
        Assert.Equal("0102030405060708", (string?)record["init_spi"]);
        Assert.Equal("[\"SecurityAssociation\",\"Nonce\"]", record["payload"]!.ToJsonString());
    }

    [Theory]
    [InlineData("<34>1 2003-10-11T22:14:15.003Z host.example.org su - ID47 - x", "host.example.org", "su")]
    [InlineData("<34>Oct 11 22:14:15 mymachine su[230]: x", "mymachine", "su")]
    public void Syslog_OfBothForms_TellsWhoLogs(string message, string host, string app)
    {
        var record = new Exchange(514).Client(message).Replay().Only("syslog");

        Assert.Equal((4, 2), ((int)record["facility"]!, (int)record["severity"]!));
        Assert.Equal((host, app), ((string?)record["hostname"], (string?)record["app_name"]));
    }

    [Fact]
    public void Ssdp_Notify_TellsWhatTheDeviceIs()
    {
        const string Notify = "NOTIFY * HTTP/1.1\r\nLOCATION: http://192.168.1.1:80/d.xml\r\nNT: upnp:rootdevice\r\nServer: Linux/5 UPnP/1.1 Router/1\r\n\r\n";
        var record = new Exchange(1900).Client(Notify).Replay().Only("ssdp");

        Assert.Equal("NOTIFY", (string?)record["type"]);
        Assert.Equal("upnp:rootdevice", (string?)record["target"]);
        Assert.Equal("Linux/5 UPnP/1.1 Router/1", (string?)record["server"]);
    }

    [Fact]
    public void MySql_SslRequest_HandsOver()
    {
        var conversation = new TcpConversation(serverPort: 3306)
            .Server(SampleStreams.MySqlGreeting()).Client([32, 0, 0, 1, 0x05, 0xAA, 0x3A, 0, .. new byte[28], .. SampleStreams.ClientHello]).End();
        var replaying = Replaying.Of(conversation.Frames);

        Assert.Equal("8.0.36", (string?)replaying.Only("mysql")["version"]);
        AssertHandedOver("mysql", replaying);
    }

    [Fact]
    public void PostgreSql_Startup_TellsUserAndDatabase()
    {
        var parameters = Replay("pgsql").Only("pgsql")["request"]!["startup_parameters"]!;

        Assert.Equal("alice", (string?)parameters["user"]);
        Assert.Equal("accounts", (string?)parameters["optional_parameters"]!["database"]);
    }

    [Fact]
    public void PostgreSql_SslRequest_HandsOver()
    {
        var conversation = new TcpConversation(serverPort: 5432)
            .Client([0, 0, 0, 8, 4, 0xD2, 0x16, 0x2F]).Server("S").Client(SampleStreams.ClientHello).End();

        AssertHandedOver("pgsql", Replaying.Of(conversation.Frames));
    }

    [Theory]
    [InlineData(1400)]
    [InlineData(1)]
    public void Socks_ToAKnownHost_IsFoundAsSoonAsItIsNamed(int segmentLength)
    {
        var conversation = new TcpConversation(segmentLength, serverPort: 1080)
            .Client([5, 1, 2]).Server([5, 2]).Client([1, 4, .. "user"u8, 4, .. "pass"u8]).Server([1, 0])
            .Client([5, 1, 0, 3, 12, .. "evil.example"u8, 1, 0xBB]).Server([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).Client(SampleStreams.ClientHello).End();
        var snapshot = new DetectionSnapshot(new TestPatterns().Name("evil.example", PatternKind.CommandAndControl, "family"), PolicySet.Default);
        var replaying = Replaying.Of(conversation.Frames, snapshot: snapshot);

        var record = replaying.Only("socks");
        Assert.Equal(("evil.example", 443), ((string?)record["host"], (int)record["port"]!));
        Assert.False((bool?)record["granted"]); // The request was blocked before the server could answer.
        Assert.Equal("evil.example", Assert.Single(replaying.Detections).Host);
        Assert.DoesNotContain("pass", replaying.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Socks_WithinWhichTlsRuns_IsTlsWithItsOrigin()
    {
        var conversation = new TcpConversation(serverPort: 1080)
            .Client([5, 1, 0]).Server([5, 0]).Client([5, 1, 0, 1, 192, 0, 2, 7, 1, 0xBB]).Server([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            .Client(SampleStreams.ClientHello).End();

        AssertHandedOver("socks", Replaying.Of(conversation.Frames));
    }

    [Fact]
    public void Socks4_ToAKnownAddress_IsFound()
    {
        var conversation = new TcpConversation(serverPort: 1080).Client([4, 1, 0, 80, 198, 51, 100, 7, 0]).Server([0, 90, 0, 0, 0, 0, 0, 0]).End();
        var snapshot = new DetectionSnapshot(new TestPatterns().Address("198.51.100.7", PatternKind.CommandAndControl, "family"), PolicySet.Default);
        var replaying = Replaying.Of(conversation.Frames, snapshot: snapshot);

        Assert.Equal("198.51.100.7", (string?)replaying.Only("socks")["host"]);
        Assert.Single(replaying.Detections);
    }

    [Fact]
    public void Rtp_NeedsSeveralPacketsThatFollowEachOther()
    {
        byte[] Packet(byte sequence) => [0x80, 0, 0, sequence, 0, 0, 0, sequence, 1, 2, 3, 4, 0xAA];

        Assert.Equal("failed", new Exchange(7777).Client(Packet(1)).Client(Packet(200)).Client(Packet(100)).Replay().AppProtocol());
        Assert.Equal("rtp", new Exchange(7777).Client(Packet(1)).Client(Packet(2)).Client(Packet(3)).Replay().AppProtocol());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(64)]
    public void OpenVpn_ResetWithHmac_IsRecognised(int hmac)
    {
        byte[] reset = [0x38, 1, 2, 3, 4, 5, 6, 7, 8, .. Enumerable.Repeat((byte)0x5A, hmac), 0, 0, 0, 1, 0x65, 0, 0, 0, 0, 0, 0, 0, 0];

        Assert.Equal("openvpn", new Exchange(7777).Client(reset).Replay().AppProtocol());
    }

    [Fact]
    public void MicroTransport_InMidConnection_NeedsSeveralPackets()
    {
        byte[] Data(byte sequence) => [0x01, 0, 0x12, 0x34, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0x40, sequence, 0, 1, .. "payload"u8];

        Assert.Equal("failed", new Exchange(7777).Client(Data(1)).Client(Data(2)).Client(Data(3)).Replay().AppProtocol());
        Assert.Equal("bittorrent", new Exchange(7777).Client(Data(1)).Client(Data(2)).Client(Data(3)).Client(Data(4)).Replay().AppProtocol());
    }

    private static Replaying Replay(string protocol) => Replaying.Of(SampleStreams.Conversation(protocol, 1400).Frames);

    private static void AssertHandedOver(string from, Replaying replaying)
    {
        var flow = Assert.Single(replaying.Records("flow"));
        Assert.Equal(("tls", from), ((string?)flow["app_proto"], (string?)flow["app_proto_orig"]));
    }
}
