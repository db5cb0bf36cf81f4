using System.Text;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Rdp;

public sealed class RdpTests
{
    [Fact]
    public void Connection_OverTls_TellsCookieAndProtocol()
    {
        var replaying = Replaying.Of(Talk(new TcpConversation(serverPort: 3389)).Client(SampleStreams.ClientHello).End().Frames);

        Assert.Equal("tls", replaying.AppProtocol());
        Assert.Equal(
            ["""{"event_type":"initial_request","cookie":"alice"}""", """{"event_type":"initial_response","protocol":"hybrid"}"""],
            replaying.Records("rdp").Select(record => record["rdp"]!.ToJsonString()));
    }

    [Fact]
    public void Connection_WithStandardSecurity_TellsTheClientsName()
    {
        byte[] name = [.. Encoding.Unicode.GetBytes("NOTE-PC"), .. new byte[18]];
        byte[] core = [0x01, 0xC0, 0xD8, 0, 4, 0, 8, 0, 0, 5, 0, 4, 1, 0xCA, 3, 0xAA, 9, 4, 0, 0, 0x28, 0x0A, 0, 0, .. name];
        byte[] message = [2, 0xF0, 0x80, 0x7F, 0x65, .. "Duca"u8, 0x81, 0x00, .. core];
        var conversation = new TcpConversation(serverPort: 7777)
            .Client([3, 0, 0, 11, 6, 0xE0, 0, 0, 0, 0, 0]).Server([3, 0, 0, 11, 6, 0xD0, 0, 0, 0x12, 0x34, 0])
            .Client([3, 0, 0, (byte)(4 + message.Length), .. message]).End();

        var records = Replaying.Of(conversation.Frames).Records("rdp");

        Assert.Equal("""{"event_type":"connect_request","client":{"desktop_width":1280,"desktop_height":1024,"build":2600,"client_name":"NOTE-PC"}}""", records[2]["rdp"]!.ToJsonString());
    }

    [Fact]
    public void OtherProtocol_OverTheSameTransport_IsNotTaken()
    {
        byte[] controller = [3, 0, 0, 22, 17, 0xE0, 0, 0, 0, 1, 0, 0xC0, 1, 10, 0xC1, 2, 1, 0, 0xC2, 2, 1, 2];

        Assert.NotEqual("rdp", Replaying.Of(new TcpConversation(serverPort: 7777).Client(controller).End().Frames).AppProtocol());
    }

    internal static TcpConversation Talk(TcpConversation conversation) => conversation
        .Client([3, 0, 0, 43, 38, 0xE0, 0, 0, 0, 0, 0, .. "Cookie: mstshash=alice\r\n"u8, 1, 0, 8, 0, 3, 0, 0, 0])
        .Server([3, 0, 0, 19, 14, 0xD0, 0, 0, 0x12, 0x34, 0, 2, 0x1F, 8, 0, 2, 0, 0, 0]);
}
