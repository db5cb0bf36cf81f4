using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Xmpp;

public sealed class XmppTests
{
    [Theory]
    [InlineData("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "tls")]
    [InlineData("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "xmpp")]
    public void StartTls_IsWhatTheServerMakesOfIt(string answer, string expected)
    {
        var conversation = new TcpConversation(serverPort: 7777)
            .Client("<stream:stream to='example.org' version='1.0'>").Server("<stream:stream from='example.org'><stream:features><starttls/></stream:features>")
            .Client("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").Server(answer).Client(SampleStreams.ClientHello).End();

        Assert.Equal(expected, Replaying.Of(conversation.Frames).AppProtocol());
    }
}
