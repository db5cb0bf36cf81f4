using System.Text;
using MediaSecurityLite.Inspection.Protocols.Ftp;
using MediaSecurityLite.Inspection.Tests.Protocols.Mime;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Ftp;

public sealed class FtpTests
{
    private const string Client = "192.168.1.10";
    private const string Server = "203.0.113.80";

    [Fact]
    public void Commands_WithTheirReplies_AreRecordsWithoutPasswords()
    {
        var replaying = Replaying.Of(Talk(new TcpConversation(serverPort: 21)).End().Frames);

        Assert.Equal("ftp", replaying.AppProtocol());
        Assert.DoesNotContain("s3cret", replaying.Lines, StringComparison.Ordinal);
        var records = replaying.Records("ftp").Select(record => record["ftp"]!.ToJsonString()).ToList();
        Assert.Equal("""{"completion_code":["220","220"],"reply":["FTP ready"," be nice","go"],"reply_received":"yes","reply_truncated":false}""", records[0]);
        Assert.Equal("""{"command":"PASS","command_data":"***","completion_code":["230"],"reply":["in"],"reply_received":"yes","reply_truncated":false}""", records[2]);
        Assert.Equal("""{"command":"PASV","completion_code":["227"],"reply":["Entering Passive Mode (203,0,113,80,200,10)"],"dynamic_port":51210,"reply_received":"yes","reply_truncated":false}""", records[3]);
        Assert.Equal("""{"command":"RETR","command_data":"dir/a file.bin","completion_code":["150","226"],"reply":["here it comes","done"],"reply_received":"yes","reply_truncated":false}""", records[4]);
    }

    [Fact]
    public void File_ThatIsRetrieved_IsHashedUnderItsName()
    {
        var control = Talk(new TcpConversation(serverPort: 21));
        var data = new TcpConversation(100, clientPort: 40001, serverPort: 51210).Server(Mails.Payload).End();

        var replaying = Replaying.Of([.. control.Frames, .. data.Frames]);

        var file = Assert.Single(replaying.Records("fileinfo"));
        Assert.Equal("ftp-data", (string?)file["app_proto"]);
        Assert.Equal(Server, (string?)file["src_ip"]);
        Assert.Equal("dir/a file.bin", (string?)file["fileinfo"]!["filename"]);
        Assert.Equal(Mails.PayloadHash, (string?)file["fileinfo"]!["sha256"]);
        Assert.Equal("""{"filename":"dir/a file.bin","command":"RETR"}""", replaying.Only("ftp_data").ToJsonString());
    }

    [Theory]
    [InlineData("PORT 192,168,1,10,200,11")]
    [InlineData("EPRT |1|192.168.1.10|51211|")]
    public void File_ThatIsStoredOverAnActiveConnection_ComesFromTheClient(string command)
    {
        var control = Opened().Client(command + "\r\n").Server("200 ok\r\n").Client("STOR up.bin\r\n").Server("150 ok\r\n");
        var data = new TcpConversation(client: Server, clientPort: 20, server: Client, serverPort: 51211).Server(Mails.Payload).End();

        var replaying = Replaying.Of([.. control.Frames, .. data.Frames]);

        var file = Assert.Single(replaying.Records("fileinfo"));
        Assert.Equal(Client, (string?)file["src_ip"]);
        Assert.Equal(Mails.PayloadHash, (string?)file["fileinfo"]!["sha256"]);
    }

    [Fact]
    public void File_WithoutItsEnd_IsTruncated()
    {
        var control = Talk(new TcpConversation(serverPort: 21));
        var data = new TcpConversation(clientPort: 40001, serverPort: 51210).Server(Mails.Payload);

        var file = Replaying.Of([.. control.Frames, .. data.Frames]).Only("fileinfo");

        Assert.Equal("TRUNCATED", (string?)file["state"]);
        Assert.Null(file["sha256"]);
    }

    [Fact]
    public void Connection_ToSomebodyElse_IsNotTakenForAnnounced()
    {
        // The server names a port; a connection of the client to another host on that port is what it says itself.
        var control = Talk(new TcpConversation(serverPort: 21));
        var other = new TcpConversation(clientPort: 40001, server: "203.0.113.99", serverPort: 51210).Client("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").End();

        Assert.Single(Replaying.Of([.. control.Frames, .. other.Frames]).Records("http"));
    }

    [Fact]
    public void Connection_InWhichTheWrongSideSpeaks_IsNotTakenForAnnounced()
    {
        var control = Talk(new TcpConversation(serverPort: 21));
        var other = new TcpConversation(clientPort: 40001, serverPort: 51210).Client("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").End();

        Assert.Single(Replaying.Of([.. control.Frames, .. other.Frames]).Records("http"));
    }

    [Fact]
    public void AuthTls_WhenAgreed_IsTlsFromThereOn()
    {
        var conversation = Opened().Client("AUTH TLS\r\n").Server("234 go\r\n").Client(SampleStreams.ClientHello).End();

        Assert.Equal("tls", Replaying.Of(conversation.Frames).AppProtocol());
    }

    [Fact]
    public void AuthTls_WhenRefused_GoesOnInClear()
    {
        var conversation = Opened().Client("AUTH TLS\r\nUSER a\r\n").Server("502 no\r\n331 pw\r\n").End();

        Assert.Equal("USER", (string?)Replaying.Of(conversation.Frames).Records("ftp")[^1]["ftp"]!["command"]);
    }

    [Fact]
    public void Greeting_ThatSaysNothing_IsFtpByTheClientsCommand()
    {
        var conversation = new TcpConversation(serverPort: 7777).Server("220 welcome\r\n").Client("USER a\r\n").End();

        Assert.Equal("ftp", Replaying.Of(conversation.Frames).AppProtocol());
    }

    [Theory]
    [InlineData("Entering Passive Mode (1,2,3,4,5,6)", (5 * 256) + 6)]
    [InlineData("227: 9 files, at 1,2,3,4,255,255.", 65535)]
    [InlineData("1,2,3,4,5", 0)]
    [InlineData("1,2,3,4,0,0", 0)]
    [InlineData("256,2,3,4,5,6", 0)]
    [InlineData("none", 0)]
    public void Port_InSixNumbers_IsRead(string text, int expected)
    {
        var isRead = FtpPort.TryReadPair(Encoding.ASCII.GetBytes(text), out var port);

        Assert.Equal(expected, isRead ? port : 0);
    }

    [Theory]
    [InlineData("|1|132.235.1.2|6275|", 6275)]
    [InlineData("|2|::1|5282|", 5282)]
    [InlineData("Entering Extended Passive Mode (|||6446|)", 6446)]
    [InlineData("(!!!6446!)", 6446)]
    [InlineData("(|||70000|)", 0)]
    [InlineData("(|||0|)", 0)]
    [InlineData("(||6446|)", 0)]
    [InlineData("(|", 0)]
    public void Port_InExtendedForm_IsRead(string text, int expected)
    {
        var isRead = FtpPort.TryReadExtended(Encoding.ASCII.GetBytes(text), out var port);

        Assert.Equal(expected, isRead ? port : 0);
    }

    internal static TcpConversation Talk(TcpConversation conversation) => conversation
        .Server("220-FTP ready\r\n be nice\r\n220 go\r\n")
        .Client("USER alice\r\n").Server("331 password\r\n")
        .Client("PASS s3cret\r\n").Server("230 in\r\n")
        .Client("PASV\r\n").Server("227 Entering Passive Mode (203,0,113,80,200,10)\r\n")
        .Client("RETR dir/a file.bin\r\n").Server("150 here it comes\r\n226 done\r\n");

    private static TcpConversation Opened() => new TcpConversation(serverPort: 21).Server("220 FTP\r\n");
}
