using System.Text;
using MediaSecurityLite.Inspection.Protocols.Imap;
using MediaSecurityLite.Inspection.Tests.Protocols.Mime;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Imap;

public sealed class ImapTests
{
    [Fact]
    public void Mails_FetchedAndStored_GiveTheirFiles()
    {
        var replaying = Replaying.Of(Talk(new TcpConversation(serverPort: 143)).End().Frames);

        Assert.Equal("imap", replaying.AppProtocol());
        Assert.Equal(["203.0.113.80", "192.168.1.10"], replaying.Records("fileinfo").Select(file => (string?)file["src_ip"]));
        Assert.All(replaying.Records("fileinfo"), file => Assert.Equal(Mails.PayloadHash, (string?)file["fileinfo"]!["sha256"]));
    }

    [Fact]
    public void Mail_FetchedInPieces_IsOneMail()
    {
        var (first, second) = (Mails.WithAttachment[..500], Mails.WithAttachment[500..]);
        var conversation = Greeted()
            .Client("a1 UID FETCH 7 (BODY.PEEK[]<0.500>)\r\n").Server($"* 1 FETCH (UID 7 BODY[]<0> {{{first.Length}}}\r\n{first})\r\na1 OK\r\n")
            .Client("a2 UID FETCH 7 (BODY.PEEK[]<500.9000>)\r\n").Server($"* 1 FETCH (UID 7 BODY[]<500> {{{second.Length}}}\r\n{second})\r\na2 OK\r\n").End();

        Assert.Equal(Mails.PayloadHash, (string?)Replaying.Of(conversation.Frames).Only("fileinfo")["sha256"]);
    }

    [Theory]
    [InlineData("STARTTLS", "tls")]
    [InlineData("NOOP", "imap")]
    public void StartTls_WhenAgreed_IsTlsFromThereOn(string command, string expected)
    {
        var conversation = Greeted().Client($"x {command}\r\n").Server("* CAPABILITY IMAP4rev1\r\nx OK go\r\n").Client(SampleStreams.ClientHello).End();

        Assert.Equal(expected, Replaying.Of(conversation.Frames).AppProtocol());
    }

    [Theory]
    [InlineData("* 1 FETCH (BODY[] {12}", 12, true)]
    [InlineData("* 1 FETCH (FLAGS () RFC822 {3}", 3, true)]
    [InlineData("* 1 FETCH (BODY[HEADER] {3}", 3, false)]
    [InlineData("* 1 FETCH (BINARY[] ~{3}", 3, true)]
    [InlineData("a1 APPEND box {310+}", 310, false)]
    public void Literal_AtTheEndOfALine_IsFound(string line, long length, bool isMail)
    {
        Assert.True(ImapLiteral.TryRead(Encoding.ASCII.GetBytes(line), out var literal));
        Assert.Equal((length, isMail), (literal.Length, literal.IsMail));
    }

    [Theory]
    [InlineData("")]
    [InlineData("}")]
    [InlineData("{}")]
    [InlineData("{-1}")]
    [InlineData("{99999999999999999999}")]
    [InlineData("{1} x")]
    public void Literal_ThatIsNone_IsNotFound(string line) => Assert.False(ImapLiteral.TryRead(Encoding.ASCII.GetBytes(line), out _));

    internal static TcpConversation Talk(TcpConversation conversation) => conversation
        .Server("* OK IMAP4rev1 ready\r\n")
        .Client("a1 LOGIN {5}\r\n").Server("+ go\r\n").Client("alice secret\r\n").Server("a1 OK\r\n")
        .Client("a2 FETCH 1 (FLAGS BODY[])\r\n")
        .Server($"* 1 FETCH (FLAGS (\\Seen) BODY[] {{{Mails.WithAttachment.Length}}}\r\n{Mails.WithAttachment} UID 5)\r\na2 OK done\r\n")
        .Client($"a3 APPEND Sent (\\Seen) {{{Mails.WithAttachment.Length}+}}\r\n{Mails.WithAttachment}\r\na4 LOGOUT\r\n")
        .Server("a3 OK\r\n* BYE\r\na4 OK\r\n");

    private static TcpConversation Greeted() => new TcpConversation(serverPort: 143).Server("* OK ready\r\n");
}
