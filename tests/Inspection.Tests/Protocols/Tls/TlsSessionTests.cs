using System.Security.Cryptography.X509Certificates;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Streams;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Tls;

public sealed class TlsSessionTests
{
    private const string Name = "C=JP, O=Example 株式会社, CN=www.example.test";

    private static readonly byte[] Certificate = MakeCertificate();

    [Fact]
    public void Tls12_WithCertificate_TellsBothSides()
    {
        var tls = Assert.Single(Replaying.Of(Session12().Frames).Records("tls"))["tls"]!;

        Assert.Equal("www.example.test", (string?)tls["sni"]);
        Assert.Equal("TLS 1.2", (string?)tls["version"]);
        Assert.Equal(Name, (string?)tls["subject"]);
        Assert.Equal(Name, (string?)tls["issuerdn"]);
        Assert.Equal("2024-01-02T03:04:05", (string?)tls["notbefore"]);
        Assert.Equal("2051-06-07T08:09:10", (string?)tls["notafter"]);
        Assert.Equal(Thumbprint(), ((string?)tls["fingerprint"])!.Replace(":", string.Empty, StringComparison.Ordinal).ToUpperInvariant());
        Assert.Equal("771,49199,16", (string?)tls["ja3s"]!["string"]);
        Assert.Equal(["h2", "http/1.1"], tls["client_alpns"]!.AsArray().Select(name => (string?)name));
        Assert.Equal(["http/1.1"], tls["server_alpns"]!.AsArray().Select(name => (string?)name));
        Assert.Null(tls["session_resumed"]);
    }

    [Fact]
    public void Tls13_Answered_HasFingerprints()
    {
        var tls = Assert.Single(Replaying.Of(Session13().Frames).Records("tls"))["tls"]!;

        Assert.Equal("TLS 1.3", (string?)tls["version"]);
        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", (string?)tls["ja4"]);
        Assert.Equal(
            "771,4865-4866-4867-49195-49199-49196-49200-52393-52392-49171-49172-156-157-47-53,45-0-51-18-10-17513-35-23-13-16-65281-11-43-5-27-21,29-23-24,0",
            (string?)tls["ja3"]!["string"]);
        Assert.Equal(32, ((string?)tls["ja3"]!["hash"])!.Length);
        Assert.Equal("771,4865,43-51", (string?)tls["ja3s"]!["string"]);
    }

    [Fact]
    public void Records_WhateverTheSegmentation_AreTheSame()
    {
        var expected = Essence(Replaying.Of(Session12().Frames));
        for (var length = 1; length < 200; length++)
        {
            Assert.Equal(expected, Essence(Replaying.Of(Session12(length).Frames)));
        }
    }

    [Fact]
    public void Records_WhateverTheRecords_AreTheSame()
    {
        var expected = Essence(Replaying.Of(Session12().Frames));
        for (var length = 1; length < 100; length++)
        {
            Assert.Equal(expected, Essence(Replaying.Of(Session12(recordLength: length).Frames)));
        }
    }

    [Fact]
    public void RetryRequest_WithAnotherName_ReportsOneSessionAndMeetsDetectorsTwice()
    {
        var patterns = new TestPatterns().Name("evil.example", PatternKind.CommandAndControl, "family");
        var conversation = Connect()
            .Client(TlsBytes.Handshake(TlsBytes.BrowserHello()))
            .Server([.. TlsBytes.Handshake(TlsBytes.RetryRequest()), .. TlsBytes.ChangeCipherSpec()])
            .Client([.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Handshake(TlsBytes.BrowserHello("evil.example"))])
            .Server([.. TlsBytes.Handshake(TlsBytes.ServerHello13()), .. TlsBytes.Encrypted()])
            .Client(TlsBytes.Encrypted());

        var replaying = Replaying.Of(conversation.Frames, snapshot: new DetectionSnapshot(patterns, PolicySet.Default));

        Assert.Equal("www.example.test", (string?)Assert.Single(replaying.Records("tls"))["tls"]!["sni"]);
        Assert.Equal("evil.example", Assert.Single(replaying.Detections).Host);
    }

    [Theory]
    [InlineData(FingerprintKind.Ja3)]
    [InlineData(FingerprintKind.Ja4)]
    [InlineData(FingerprintKind.Certificate)]
    public void Session_WithKnownFingerprint_IsDetected(FingerprintKind kind)
    {
        var tls = Assert.Single(Replaying.Of(Session12().Frames).Records("tls"))["tls"]!;
        var value = (kind switch
        {
            FingerprintKind.Ja3 => (string)tls["ja3"]!["hash"]!,
            FingerprintKind.Ja4 => (string)tls["ja4"]!,
            _ => ((string)tls["fingerprint"]!).Replace(":", "", StringComparison.Ordinal),
        }).ToLowerInvariant();
        var patterns = new TestPatterns().Fingerprint(kind, value, PatternKind.CommandAndControl, "family");

        var detection = Assert.Single(Replaying.Of(Session12().Frames, snapshot: new DetectionSnapshot(patterns, PolicySet.Default)).Detections);

        Assert.Equal("family", detection.Name);
        Assert.EndsWith($":{value}", detection.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Resumption_WithoutCertificate_IsTold()
    {
        var conversation = Connect()
            .Client(TlsBytes.Handshake(TlsBytes.BrowserHello()))
            .Server([.. TlsBytes.Handshake(TlsBytes.ServerHello(0xC02F)), .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Encrypted()])
            .Client([.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Encrypted()]);

        Assert.True((bool?)Assert.Single(Replaying.Of(conversation.Frames).Records("tls"))["tls"]!["session_resumed"]);
    }

    [Fact]
    public void Hello_ThatNobodyAnswers_NamesTheServerOnly()
    {
        var hello = TlsBytes.ClientHello(TlsBytes.ServerName("lonely.example"));
        var tls = Assert.Single(Replaying.Of(Connect().Client(TlsBytes.Handshake(hello)).End().Frames).Records("tls"))["tls"]!;

        Assert.Equal("lonely.example", (string?)tls["sni"]);
        Assert.Equal("UNDETERMINED", (string?)tls["version"]);
        Assert.Null(tls["ja3"]);
    }

    [Fact]
    public void Hello_InMidstream_HasFingerprints()
    {
        var frames = Connect().Client(TlsBytes.Handshake(TlsBytes.BrowserHello())).Frames.Skip(3);
        var options = new InspectorOptions { Streams = new StreamOptions { Midstream = true } };

        Assert.NotNull(Assert.Single(Replaying.Of(frames, options: options).Records("tls"))["tls"]!["ja4"]);
    }

    [Fact]
    public void Hello_FromTheSideThatWasConnectedTo_IsTheClients()
    {
        var conversation = Connect()
            .Server(TlsBytes.Handshake(TlsBytes.BrowserHello()))
            .Client([.. TlsBytes.Handshake(TlsBytes.ServerHello13()), .. TlsBytes.Encrypted()])
            .Server(TlsBytes.Encrypted());

        var tls = Assert.Single(Replaying.Of(conversation.Frames).Records("tls"))["tls"]!;
        Assert.Equal("www.example.test", (string?)tls["sni"]);
        Assert.Equal("TLS 1.3", (string?)tls["version"]);
    }

    [Fact]
    public void Gap_InTheServersAnswer_LeavesTheClientsHello()
    {
        var conversation = Connect()
            .Client(TlsBytes.Handshake(TlsBytes.BrowserHello()))
            .Server(TlsBytes.Handshake(TlsBytes.ServerHello(0xC02F)))
            .ServerUnseen(1000)
            .Server(new byte[300])
            .End();

        var tls = Assert.Single(Replaying.Of(conversation.Frames).Records("tls"))["tls"]!;
        Assert.Equal("www.example.test", (string?)tls["sni"]);
        Assert.Equal("TLS 1.2", (string?)tls["version"]);
    }

    [Fact]
    public void Ssl2Hello_ThenTls_TellsTheCertificate()
    {
        var conversation = Connect()
            .Client(TlsBytes.Ssl2ClientHello(0x0301))
            .Server(TlsBytes.Handshake(TlsBytes.Join(TlsBytes.ServerHello(0x002F), TlsBytes.Certificates(Certificate), TlsBytes.ServerHelloDone())))
            .Client(TlsBytes.ChangeCipherSpec());

        Assert.Equal(Name, (string?)Assert.Single(Replaying.Of(conversation.Frames).Records("tls"))["tls"]!["subject"]);
    }

    [Fact]
    public void Ssl2_BothSides_TellsVersionAndCertificate()
    {
        var conversation = Connect().Client(TlsBytes.Ssl2ClientHello(0x0002)).Server(TlsBytes.Ssl2ServerHello(Certificate));

        var tls = Assert.Single(Replaying.Of(conversation.Frames).Records("tls"))["tls"]!;
        Assert.Equal("SSLv2", (string?)tls["version"]);
        Assert.Equal(Name, (string?)tls["subject"]);
    }

    [Fact]
    public void Message_LongerThanTheBound_IsCountedAndGivenUp()
    {
        // A header that promises 16 MiB, and a record of it.
        var conversation = Connect()
            .Client(TlsBytes.Handshake(TlsBytes.BrowserHello()))
            .Server(TlsBytes.Handshake([11, 0xFF, 0xFF, 0xFF, .. new byte[5000]]))
            .End();

        var replaying = Replaying.Of(conversation.Frames);
        Assert.Equal(1, replaying.Inspector.Counters.MalformedMessages);
        Assert.Single(replaying.Records("tls"));
    }

    [Property(MaxTest = 300)]
    public bool Bytes_Damaged_NeverThrow(int seed)
    {
        var random = new Random(seed);
        var (client, server) = (ClientFlight12(100), ServerFlight12(100));
        foreach (var flight in new[] { client, server })
        {
            for (var i = random.Next(1, 8); i > 0; i--)
            {
                flight[random.Next(flight.Length)] = (byte)random.Next(256);
            }
        }

        var whole = Replaying.Of(Connect().Client(client).Server(server).Client(TlsBytes.ChangeCipherSpec()).End().Frames);
        var cut = Replaying.Of(Connect(3).Client(client).Server(server).Client(TlsBytes.ChangeCipherSpec()).End().Frames);
        return Essence(whole) == Essence(cut);
    }

    private static TcpConversation Connect(int segmentLength = 1400) => new(segmentLength, serverPort: 8443);

    private static TcpConversation Session12(int segmentLength = 1400, int recordLength = 16000) => Connect(segmentLength)
        .Client(ClientFlight12(recordLength))
        .Server(ServerFlight12(recordLength))
        .Client([.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Encrypted()])
        .End();

    private static TcpConversation Session13() => Connect()
        .Client(TlsBytes.Handshake(TlsBytes.BrowserHello()))
        .Server([.. TlsBytes.Handshake(TlsBytes.ServerHello13()), .. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Encrypted()])
        .Client([.. TlsBytes.ChangeCipherSpec(), .. TlsBytes.Encrypted()])
        .End();

    private static byte[] ClientFlight12(int recordLength) => TlsBytes.Handshake(TlsBytes.BrowserHello(), recordLength);

    private static byte[] ServerFlight12(int recordLength) => TlsBytes.Handshake(
        TlsBytes.Join(TlsBytes.ServerHello(0xC02F, TlsBytes.Alpn("http/1.1")), TlsBytes.Certificates(Certificate, Certificate), TlsBytes.ServerHelloDone()),
        recordLength);

    private static byte[] MakeCertificate()
    {
        using var certificate = TlsBytes.MakeCertificate("CN=www.example.test, O=Example 株式会社, C=JP");
        return certificate.RawData;
    }

    private static string Thumbprint()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Certificate);
        return certificate.Thumbprint;
    }

    /// <summary>What was said, without when: cutting makes more packets.</summary>
    private static string Essence(Replaying replaying) => string.Join('\n', replaying.Records("tls").Select(record => record["tls"]!.ToJsonString()));
}
