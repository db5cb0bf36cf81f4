using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Ssh;

public sealed class SshTests
{
    [Fact]
    public void Connection_WithOffers_TellsVersionsAndHassh()
    {
        var record = Replaying.Of(Talk(new TcpConversation(serverPort: 22)).End().Frames).Only("ssh");

        Assert.Equal("2.0", (string?)record["client"]!["proto_version"]);
        Assert.Equal("OpenSSH_9.2", (string?)record["client"]!["software_version"]);
        Assert.Equal("k1,k2;e1;m1;c1", (string?)record["client"]!["hassh"]!["string"]);
        Assert.Equal(Md5("k1,k2;e1;m1;c1"), (string?)record["client"]!["hassh"]!["hash"]);
        Assert.Equal("dropbear_2022", (string?)record["server"]!["software_version"]);
        Assert.Equal("k1,k2;e2;m2;c2", (string?)record["server"]!["hassh"]!["string"]);
    }

    [Fact]
    public void Server_WithLinesBeforeItsIdentification_IsRead()
    {
        var conversation = new TcpConversation(serverPort: 7777).Server("welcome\r\nto us\r\nSSH-2.0-x y\r\n").Client("SSH-2.0-c\r\n").End();

        var record = Replaying.Of(conversation.Frames).Only("ssh");

        Assert.Equal("x", (string?)record["server"]!["software_version"]);
        Assert.Equal("c", (string?)record["client"]!["software_version"]);
    }

    [Fact]
    public void Version1_HasNoOffer()
    {
        var conversation = new TcpConversation(serverPort: 22).Server("SSH-1.5-1.2.26\n").Client("SSH-1.5-1.2.26\n").Server([0, 0, 1, 11, 0, 0, 0, 0, 0, 2]).End();

        var record = Replaying.Of(conversation.Frames).Only("ssh");

        Assert.Equal("1.5", (string?)record["client"]!["proto_version"]);
        Assert.Null(record["server"]!["hassh"]);
    }

    [Fact]
    public void Client_ThatSpeaksAlone_IsARecordWithoutServer()
    {
        var record = Replaying.Of(new TcpConversation(serverPort: 22).Client("SSH-2.0-scan\r\n").End().Frames).Only("ssh");

        Assert.Null(record["server"]);
    }

    internal static TcpConversation Talk(TcpConversation conversation) => conversation
        .Server("SSH-2.0-dropbear_2022\r\n")
        .Client("SSH-2.0-OpenSSH_9.2 Debian-2\r\n")
        .Client(Offer())
        .Server(Offer())
        .Client([0, 0, 0, 12, 10, 21, .. new byte[10]]);

    /// <summary>RFC 4253, 7.1.</summary>
    private static byte[] Offer()
    {
        string[] lists = ["k1,k2", "host", "e1", "e2", "m1", "m2", "c1", "c2", "", ""];
        byte[] payload = [20, .. new byte[16], .. lists.SelectMany(Counted), 0, 0, 0, 0, 0];
        byte[] packet = [0, 0, 0, 0, 4, .. payload, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(packet, (uint)packet.Length - 4);
        return packet;
    }

    private static byte[] Counted(string text) => [0, 0, 0, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

#pragma warning disable CA5351 // HASSH is defined with MD5.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
}
