using MediaSecurityLite.Inspection.Tests.Protocols.Mime;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Smtp;

public sealed class SmtpTests
{
    private const string Greeting = "220 mail.example.org ESMTP\r\n";

    [Fact]
    public void Mail_WithAttachment_TellsEnvelopeHeaderAndFile()
    {
        var replaying = Replaying.Of(Session(1400).End().Frames);

        var record = Assert.Single(replaying.Records("smtp"));
        Assert.Equal("""{"helo":"client.example.org","mail_from":"<alice@example.org>","rcpt_to":["<bob@example.org>","<\"a b\"@example.org>"]}""", Unescaped(record["smtp"]));
        Assert.Equal(
            """{"status":"PARSE_DONE","from":"Alice <alice@example.org>","to":["bob@example.org","\"Carol, C.\" <carol@example.org>"],"subject":"café","attachment":["payload.bin"]}""",
            Unescaped(record["email"]));
        var file = replaying.Only("fileinfo");
        Assert.Equal(Mails.PayloadHash, (string?)file["sha256"]);
        Assert.Equal("payload.bin", (string?)file["filename"]);
        Assert.Equal(Mails.Payload.Length, (int?)file["size"]);
        Assert.Equal("CLOSED", (string?)file["state"]);
    }

    [Fact]
    public void Mails_OneAfterAnother_AreRecordsOfTheirOwn()
    {
        var conversation = Opened(1400)
            .Client("MAIL FROM:<a@x.test> SIZE=10\r\nRCPT TO:<b@x.test>\r\nDATA\r\n").Server("250 ok\r\n250 ok\r\n354 go\r\n")
            .Client("first\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<c@x.test>\r\nRSET\r\nMAIL FROM:<d@x.test>\r\n").Server("250 ok\r\n250 ok\r\n250 ok\r\n250 ok\r\n250 ok\r\n")
            .Client("QUIT\r\n").Server("221 bye\r\n").End();

        Assert.Equal(["<a@x.test>", "<>", "<d@x.test>"], Senders(Replaying.Of(conversation.Frames)));
    }

    [Theory]
    [InlineData("554 no\r\n", new[] { "<a@x.test>", "<evil@x.test>" })]
    [InlineData("354 go\r\n", new[] { "<a@x.test>" })]
    public void Data_SentBeforeTheAnswer_IsWhatTheServerMakesOfIt(string answer, string[] senders)
    {
        // Whether the lines behind DATA are commands or text is the server's decision, which comes later.
        var conversation = Opened(1400)
            .Client("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@x.test>\r\nDATA\r\nRSET\r\nMAIL FROM:<evil@x.test>\r\n.\r\nQUIT\r\n")
            .Server("250 ok\r\n250 ok\r\n" + answer + "250 ok\r\n250 ok\r\n500 what\r\n221 bye\r\n").End();

        Assert.Equal(senders, Senders(Replaying.Of(conversation.Frames)));
    }

    [Fact]
    public void Chunks_InAnySizes_AreOneMail()
    {
        var text = Mails.WithAttachment;
        var conversation = Opened(1400).Client("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@x.test>\r\n").Server("250 ok\r\n250 ok\r\n")
            .Client($"BDAT 600\r\n{text[..600]}BDAT 1\r\n{text[600]}BDAT {text.Length - 601}\r\n{text[601..]}BDAT 0 LAST\r\nMAIL FROM:<next@x.test>\r\n")
            .Server("250 ok\r\n250 ok\r\n250 ok\r\n250 ok\r\n250 ok\r\n").End();

        var replaying = Replaying.Of(conversation.Frames);

        Assert.Equal(["<a@x.test>", "<next@x.test>"], Senders(replaying));
        Assert.Equal(Mails.PayloadHash, (string?)replaying.Only("fileinfo")["sha256"]);
    }

    [Theory]
    [InlineData("BDAT -1 LAST")]
    [InlineData("BDAT 99999999999999999999 LAST")]
    [InlineData("BDAT 5 X")]
    [InlineData("BDAT")]
    public void Chunk_OfNoLength_IsACommandTheServerRefuses(string command)
    {
        var conversation = Opened(1400).Client("MAIL FROM:<a@x.test>\r\n").Server("250 ok\r\n")
            .Client(command + "\r\n").Server("501 no\r\n").Client("RSET\r\nMAIL FROM:<b@x.test>\r\n").Server("250 ok\r\n250 ok\r\n").End();

        Assert.Equal(["<a@x.test>", "<b@x.test>"], Senders(Replaying.Of(conversation.Frames)));
    }

    [Fact]
    public void StartTls_WhenAgreed_IsTlsFromThereOn()
    {
        var conversation = Opened(1400).Client("STARTTLS\r\n").Server("220 go ahead\r\n").Client(SampleStreams.ClientHello).End();

        var replaying = Replaying.Of(conversation.Frames);

        Assert.Equal("tls", replaying.AppProtocol());
        Assert.Equal("client.example.org", (string?)replaying.Only("smtp")["helo"]);
    }

    [Fact]
    public void StartTls_WhenRefused_GoesOnInClear()
    {
        var conversation = Opened(1400).Client("STARTTLS\r\nMAIL FROM:<a@x.test>\r\n").Server("454 not now\r\n250 ok\r\n").End();

        Assert.Equal(["<a@x.test>"], Senders(Replaying.Of(conversation.Frames)));
    }

    [Fact]
    public void Credentials_BehindAChallenge_AreNoCommands()
    {
        var conversation = Opened(1400).Client("AUTH LOGIN\r\n").Server("334 VXNlcm5hbWU6\r\n")
            .Client("MAIL FROM:<secret@x.test>\r\n").Server("334 UGFzc3dvcmQ6\r\n").Client("cGFzcw==\r\n").Server("235 ok\r\n")
            .Client("MAIL FROM:<a@x.test>\r\n").Server("250 ok\r\n").End();

        var replaying = Replaying.Of(conversation.Frames);

        Assert.Equal(["<a@x.test>"], Senders(replaying));
        Assert.DoesNotContain("secret", replaying.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Greeting_ThatSaysNothing_IsSmtpByTheClientsCommand()
    {
        var conversation = new TcpConversation(serverPort: 7777).Server("220 welcome\r\n").Client("EHLO a\r\n").End();

        Assert.Equal("smtp", Replaying.Of(conversation.Frames).AppProtocol());
    }

    [Fact]
    public void Mail_WithAHoleInItsAttachment_HasNoDigest()
    {
        var text = Mails.Stuffed(Mails.WithAttachment);
        var frames = Opened(1400).Client("MAIL FROM:<a@x.test>\r\nDATA\r\n").Server("250 ok\r\n354 go\r\n");
        var before = frames.Frames.Count;
        frames.Client(text[..900]).Client(text[900..1000]).Client(text[1000..]).Server("250 ok\r\n").End();
        frames.Frames.RemoveAt(before + 2);

        var replaying = Replaying.Of(frames.Frames);

        Assert.Equal("TRUNCATED", (string?)replaying.Only("fileinfo")["state"]);
        Assert.Null(replaying.Only("fileinfo")["sha256"]);
        Assert.Equal(["<a@x.test>"], Senders(replaying));
    }

    [Fact]
    public void Mail_WithAHugeLine_IsReadInParts()
    {
        var body = Convert.ToBase64String([.. Enumerable.Repeat(Mails.Payload, 100).SelectMany(bytes => bytes)]);
        var mail = "Content-Disposition: attachment; filename=big\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body + "\r\n";
        var conversation = Opened(1400).Client("MAIL FROM:<a@x.test>\r\nDATA\r\n").Server("250 ok\r\n354 go\r\n").Client(Mails.Stuffed(mail)).Server("250 ok\r\n").End();

        Assert.Equal(Mails.Hash(Convert.FromBase64String(body)), (string?)Replaying.Of(conversation.Frames).Only("fileinfo")["sha256"]);
    }

    [Theory]
    [InlineData("7bit", "one\r\ntwo\r\n\r\n", "one\r\ntwo\r\n")]
    [InlineData("quoted-printable", "caf=C3=A9 =\r\nau\r\nlait  \r\n", "caf\u00c3\u00a9 au\r\nlait")]
    [InlineData("binary", "--not the boundary\r\n--b x\r\n", "--not the boundary\r\n--b x")]
    public void Part_InEachEncoding_IsDecodedWithoutTheBoundarysLineEnd(string encoding, string body, string expected)
    {
        var mail = $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}--b--\r\n";
        var conversation = Opened(1400).Client("MAIL FROM:<a@x.test>\r\nDATA\r\n").Server("250 ok\r\n354 go\r\n").Client(Mails.Stuffed(mail)).Server("250 ok\r\n").End();

        Assert.Equal(Mails.Hash(expected), (string?)Replaying.Of(conversation.Frames).Only("fileinfo")["sha256"]);
    }

    /// <summary>A session with one mail, cut as the caller wants.</summary>
    internal static TcpConversation Session(int segmentLength) => Talk(new TcpConversation(segmentLength, serverPort: 25));

    internal static TcpConversation Talk(TcpConversation conversation) => conversation
        .Server(Greeting)
        .Client("EHLO client.example.org\r\n")
        .Server("250-mail.example.org\r\n250-PIPELINING\r\n250 SIZE\r\n")
        .Client("MAIL FROM:<alice@example.org> BODY=8BITMIME\r\nRCPT TO:<bob@example.org>\r\nRCPT TO: <\"a b\"@example.org> NOTIFY=NEVER\r\nDATA\r\n")
        .Server("250 ok\r\n250 ok\r\n550 no\r\n354 go\r\n")
        .Client(Mails.Stuffed(Mails.WithAttachment))
        .Server("250 queued\r\n")
        .Client("QUIT\r\n")
        .Server("221 bye\r\n");

    private static TcpConversation Opened(int segmentLength) => new TcpConversation(segmentLength, serverPort: 25)
        .Server(Greeting).Client("EHLO client.example.org\r\n").Server("250 mail.example.org\r\n");

    private static string[] Senders(Replaying replaying) =>
        [.. replaying.Records("smtp").Select(record => (string?)record["smtp"]!["mail_from"] ?? "none")];

    private static string Unescaped(System.Text.Json.Nodes.JsonNode? node) =>
        node!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
