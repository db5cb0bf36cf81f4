using MediaSecurityLite.Inspection.Tests.Protocols.Mime;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Pop3;

public sealed class Pop3Tests
{
    [Fact]
    public void Mail_ThatIsFetched_GivesItsFile()
    {
        var replaying = Replaying.Of(Talk(new TcpConversation(serverPort: 110)).End().Frames);

        Assert.Equal("pop3", replaying.AppProtocol());
        var file = Assert.Single(replaying.Records("fileinfo"));
        Assert.Equal(Mails.PayloadHash, (string?)file["fileinfo"]!["sha256"]);
        Assert.Equal("203.0.113.80", (string?)file["src_ip"]);
    }

    [Fact]
    public void Mail_ThatIsRefused_IsNotReadFromTheNextAnswer()
    {
        var conversation = Greeted().Client("RETR 9\r\nNOOP\r\n").Server("-ERR none\r\n+OK\r\n")
            .Client("RETR 1\r\n").Server("+OK\r\n" + Mails.Stuffed(Mails.WithAttachment)).End();

        Assert.Single(Replaying.Of(conversation.Frames).Records("fileinfo"));
    }

    [Fact]
    public void StartTls_WhenAgreed_IsTlsFromThereOn()
    {
        var conversation = Greeted().Client("STLS\r\n").Server("+OK go\r\n").Client(SampleStreams.ClientHello).End();

        Assert.Equal("tls", Replaying.Of(conversation.Frames).AppProtocol());
    }

    internal static TcpConversation Talk(TcpConversation conversation) => conversation
        .Server("+OK ready <1.2@x.test>\r\n")
        .Client("CAPA\r\n").Server("+OK\r\nTOP\r\nUIDL\r\n.\r\n")
        .Client("AUTH PLAIN\r\n").Server("+ \r\n").Client("AGFsaWNlAHg=\r\n").Server("+OK\r\n")
        .Client("LIST 1\r\nRETR 1\r\nQUIT\r\n").Server("+OK 1 2000\r\n+OK 2000 octets\r\n" + Mails.Stuffed(Mails.WithAttachment) + "+OK bye\r\n");

    private static TcpConversation Greeted() => new TcpConversation(serverPort: 110).Server("+OK ready\r\n");
}
