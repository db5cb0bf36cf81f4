using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Sip;

public sealed class SipTests
{
    private const string Invite = "INVITE sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/UDP pc\r\nl: 4\r\n\r\nv=0\n";
    private const string Ringing = "SIP/2.0 180 Ringing Now\r\nVia: SIP/2.0/UDP pc\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public void Datagrams_OfACall_TellRequestAndResponse()
    {
        var records = new Exchange(5060).Client(Invite).Server(Ringing).Replay().Records("sip");

        Assert.Equal("""{"method":"INVITE","uri":"sip:bob@example.org","version":"SIP/2.0","request_line":"INVITE sip:bob@example.org SIP/2.0"}""", records[0]["sip"]!.ToJsonString());
        Assert.Equal("""{"version":"SIP/2.0","code":"180","reason":"Ringing Now","response_line":"SIP/2.0 180 Ringing Now"}""", records[1]["sip"]!.ToJsonString());
        Assert.Equal("203.0.113.80", (string?)records[1]["src_ip"]);
    }

    [Fact]
    public void Stream_OfSeveralMessages_IsCutByTheirLength()
    {
        var replaying = Replaying.Of(Talk(new TcpConversation(serverPort: 7777)).End().Frames);

        Assert.Equal("sip", replaying.AppProtocol());
        Assert.Equal(["INVITE", "ACK", null], replaying.Records("sip").Select(record => (string?)record["sip"]!["method"]));
    }

    [Theory]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "http")]
    [InlineData("OPTIONS sip:a@b SIP/2.0\r\n\r\n", "sip")]
    public void MethodOfTwoProtocols_IsToldByWhatFollows(string request, string expected) =>
        Assert.Equal(expected, Replaying.Of(new TcpConversation(1, serverPort: 7777).Client(request).End().Frames).AppProtocol());

    internal static TcpConversation Talk(TcpConversation conversation) => conversation
        .Client(Invite + "\r\n\r\nACK sip:bob@example.org SIP/2.0\r\n\r\n").Server(Ringing);
}
