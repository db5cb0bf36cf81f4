using MediaSecurityLite.Inspection.Tests.Protocols.Mime;
using MediaSecurityLite.Inspection.Tests.Traffic;
using static MediaSecurityLite.Inspection.Tests.Protocols.Smb.SmbBytes;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Smb;

public sealed class SmbTests
{
    private const ushort CreateCommand = 5;
    private const ushort CloseCommand = 6;
    private const ushort ReadCommand = 8;
    private const ushort WriteCommand = 9;

    private static readonly byte[] Related = FileId(0xFF);

    [Fact]
    public void Session_OfSmb3_TellsDialectAndFiles()
    {
        var replaying = Replaying.Of(Talk(new TcpConversation(serverPort: 445)).End().Frames);

        Assert.Equal("smb", replaying.AppProtocol());
        var negotiation = replaying.Only("smb");
        Assert.Equal("3.11", (string?)negotiation["dialect"]);
        Assert.Equal("""["2.02","3.11"]""", negotiation["client_dialects"]!.ToJsonString());
        Assert.Equal("03020100-0504-0706-0809-0a0b0c0d0e0f", (string?)negotiation["client_guid"]);
        var files = replaying.Records("fileinfo");
        Assert.Equal(["dir\\日本.bin", "dir\\日本.bin"], files.Select(file => (string?)file["fileinfo"]!["filename"]));
        Assert.Equal(["203.0.113.80", "192.168.1.10"], files.Select(file => (string?)file["src_ip"]));
        Assert.All(files, file => Assert.Equal(Mails.PayloadHash, (string?)file["fileinfo"]!["sha256"]));
    }

    [Fact]
    public void Chain_ThatUsesAFileBeforeItHasItsName_IsFollowed()
    {
        var conversation = new TcpConversation(serverPort: 445)
            .Client(Frame(
                Command2(CreateCommand, 1, Create("a.txt"), isLast: false),
                Command2(ReadCommand, 2, Read(Related, 0), isLast: false, isRelated: true),
                Command2(CloseCommand, 3, Close(Related), isRelated: true)))
            .Server(Frame(
                Command2(CreateCommand, 1, CreateAnswer(7), isResponse: true, isLast: false),
                Command2(ReadCommand, 2, ReadAnswer(Mails.Payload), isResponse: true, isLast: false),
                Command2(CloseCommand, 3, new byte[60], isResponse: true)))
            .End();

        var file = Replaying.Of(conversation.Frames).Only("fileinfo");

        Assert.Equal(("a.txt", Mails.PayloadHash), ((string?)file["filename"], (string?)file["sha256"]));
    }

    [Fact]
    public void Pipe_IsNoFile()
    {
        var conversation = new TcpConversation(serverPort: 445)
            .Client(Frame(Command2(3, 1, new byte[9]))).Server(Frame(Command2(3, 1, TreeAnswer(2), isResponse: true)))
            .Client(Frame(Command2(CreateCommand, 2, Create("srvsvc")))).Server(Frame(Command2(CreateCommand, 2, CreateAnswer(7), isResponse: true)))
            .Client(Frame(Command2(WriteCommand, 3, Write(FileId(7), 0, [1, 2, 3])))).Server(Frame(Command2(WriteCommand, 3, new byte[17], isResponse: true)))
            .Client(Frame(Command2(CloseCommand, 4, Close(FileId(7))))).Server(Frame(Command2(CloseCommand, 4, new byte[60], isResponse: true)))
            .End();

        Assert.Empty(Replaying.Of(conversation.Frames).Records("fileinfo"));
    }

    [Fact]
    public void File_ReadWithAHole_HasNoDigest()
    {
        var conversation = Opened(7)
            .Client(Frame(Command2(ReadCommand, 2, Read(FileId(7), 0)))).Server(Frame(Command2(ReadCommand, 2, ReadAnswer([1, 2, 3]), isResponse: true)))
            .Client(Frame(Command2(ReadCommand, 3, Read(FileId(7), 100)))).Server(Frame(Command2(ReadCommand, 3, ReadAnswer([4]), isResponse: true)))
            .Client(Frame(Command2(CloseCommand, 4, Close(FileId(7))))).Server(Frame(Command2(CloseCommand, 4, new byte[60], isResponse: true)))
            .End();

        var file = Replaying.Of(conversation.Frames).Only("fileinfo");

        Assert.Equal("TRUNCATED", (string?)file["state"]);
        Assert.Equal(101, (int?)file["size"]);
    }

    [Fact]
    public void Bytes_MissingInOneMessage_LeaveTheNextReadable()
    {
        var conversation = Opened(7);
        var before = conversation.Frames.Count;
        conversation.Client(Frame(Command2(WriteCommand, 2, Write(FileId(7), 0, new byte[3000]))))
            .Client(Frame(Command2(CloseCommand, 4, Close(FileId(7)))))
            .Client(Frame(Command2(CreateCommand, 5, Create("next"))))
            .Server(Frame(Command2(CreateCommand, 5, CreateAnswer(8), isResponse: true)))
            .Client(Frame(Command2(WriteCommand, 6, Write(FileId(8), 0, Mails.Payload))))
            .Client(Frame(Command2(CloseCommand, 7, Close(FileId(8)))))
            .Server(Frame(Command2(CloseCommand, 7, new byte[60], isResponse: true)))
            .End();

        // The last segment of the write, and with it the place where the next message starts.
        conversation.Frames.RemoveAt(before + 2);
        var replaying = Replaying.Of(conversation.Frames);

        Assert.Contains(replaying.Records("fileinfo"), file => (string?)file["fileinfo"]!["sha256"] == Mails.PayloadHash);
    }

    [Fact]
    public void Version1_WritesAndReads_AreFiles()
    {
        byte[] name = [.. "\\a.exe\0"u8];
        byte[] create = [0xFF, 0, 0, 0, 0, (byte)name.Length, 0, .. new byte[41]];
        byte[] created = [0xFF, 0, 0, 0, 0, 0x34, 0x12, .. new byte[61]];
        byte[] write = [0xFF, 0, 0, 0, 0x34, 0x12, .. new byte[12], 0, 0, unchecked((byte)Mails.Payload.Length), (byte)(Mails.Payload.Length >> 8), 63, 0, 0, 0, 0, 0];
        byte[] read = [0xFF, 0, 0, 0, 0x34, 0x12, .. new byte[14]];
        byte[] answer = [0xFF, 0, 0, 0, .. new byte[6], unchecked((byte)Mails.Payload.Length), (byte)(Mails.Payload.Length >> 8), 59, 0, .. new byte[10]];
        var conversation = new TcpConversation(serverPort: 139)
            .Client(Frame(Command1(0x72, 1, [], [2, .. "NT LM 0.12\0"u8]))).Server(Frame(Command1(0x72, 1, [0, 0], [], isResponse: true)))
            .Client(Frame(Command1(0xA2, 2, create, name))).Server(Frame(Command1(0xA2, 2, created, [], isResponse: true)))
            .Client(Frame(Command1(0x2F, 3, write, Mails.Payload))).Server(Frame(Command1(0x2F, 3, new byte[12], [], isResponse: true)))
            .Client(Frame(Command1(0x2E, 4, read, []))).Server(Frame(Command1(0x2E, 4, answer, Mails.Payload, isResponse: true)))
            .Client(Frame(Command1(0x04, 5, [0x34, 0x12, 0, 0, 0, 0], []))).Server(Frame(Command1(0x04, 5, [], [], isResponse: true)))
            .End();

        var replaying = Replaying.Of(conversation.Frames);

        Assert.Equal("NT LM 0.12", (string?)replaying.Only("smb")["dialect"]);
        Assert.Equal(2, replaying.Records("fileinfo").Count);
        Assert.All(replaying.Records("fileinfo"), file => Assert.Equal(("\\a.exe", Mails.PayloadHash), ((string?)file["fileinfo"]!["filename"], (string?)file["fileinfo"]!["sha256"])));
    }

    internal static TcpConversation Talk(TcpConversation conversation) => conversation
        .Client(Frame(Command2(0, 0, Negotiate()))).Server(Frame(Command2(0, 0, NegotiateAnswer(), isResponse: true)))
        .Client(Frame(Command2(3, 1, new byte[9]))).Server(Frame(Command2(3, 1, TreeAnswer(1), isResponse: true)))
        .Client(Frame(Command2(CreateCommand, 2, Create("dir\\日本.bin")))).Server(Frame(Command2(CreateCommand, 2, CreateAnswer(7), isResponse: true)))
        .Client(Frame(Command2(ReadCommand, 3, Read(FileId(7), 0)))).Client(Frame(Command2(ReadCommand, 4, Read(FileId(7), 300))))
        .Server(Frame(Command2(ReadCommand, 3, ReadAnswer(Mails.Payload[..300]), isResponse: true)))
        .Server(Frame(Command2(ReadCommand, 4, ReadAnswer(Mails.Payload[300..]), isResponse: true)))
        .Client(Frame(Command2(WriteCommand, 5, Write(FileId(7), 0, Mails.Payload[..500])))).Client(Frame(Command2(WriteCommand, 6, Write(FileId(7), 500, Mails.Payload[500..]))))
        .Server(Frame(Command2(WriteCommand, 5, new byte[17], isResponse: true))).Server(Frame(Command2(WriteCommand, 6, new byte[17], isResponse: true)))
        .Client(Frame(Command2(CloseCommand, 7, Close(FileId(7))))).Server(Frame(Command2(CloseCommand, 7, new byte[60], isResponse: true)));

    private static TcpConversation Opened(byte id) => new TcpConversation(serverPort: 445)
        .Client(Frame(Command2(CreateCommand, 1, Create("f")))).Server(Frame(Command2(CreateCommand, 1, CreateAnswer(id), isResponse: true)));
}
