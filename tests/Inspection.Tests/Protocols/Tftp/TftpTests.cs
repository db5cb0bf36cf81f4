using MediaSecurityLite.Inspection.Tests.Protocols.Mime;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Tftp;

public sealed class TftpTests
{
    private const string Client = "192.168.1.10";
    private const string Server = "203.0.113.80";

    [Fact]
    public void File_ThatIsRead_ComesFromAnotherPortOfTheServer()
    {
        var replaying = Replaying.Of([Request(1, "boot/a.img"), FromServer(Data(1, Mails.Payload[..512])), FromClient([0, 4, 0, 1]), FromServer(Data(2, Mails.Payload[512..]))]);

        Assert.Equal("""{"packet":"read","file":"boot/a.img","mode":"octet"}""", replaying.Only("tftp").ToJsonString());
        var file = Assert.Single(replaying.Records("fileinfo"));
        Assert.Equal((Server, "boot/a.img"), ((string?)file["src_ip"], (string?)file["fileinfo"]!["filename"]));
        Assert.Equal(Mails.PayloadHash, (string?)file["fileinfo"]!["sha256"]);
    }

    [Fact]
    public void File_ThatIsWritten_ComesFromTheClient()
    {
        var replaying = Replaying.Of([Request(2, "w"), FromServer([0, 4, 0, 0]), FromClient(Data(1, Mails.Payload[..512])), FromClient(Data(2, Mails.Payload[512..]))]);

        var file = Assert.Single(replaying.Records("fileinfo"));
        Assert.Equal((Client, Mails.PayloadHash), ((string?)file["src_ip"], (string?)file["fileinfo"]!["sha256"]));
    }

    [Fact]
    public void Block_SentTwice_CountsOnce()
    {
        var first = FromServer(Data(1, Mails.Payload[..512]));

        var replaying = Replaying.Of([Request(1, "r"), first, first, FromServer(Data(2, Mails.Payload[512..]))]);

        Assert.Equal(Mails.PayloadHash, (string?)replaying.Only("fileinfo")["sha256"]);
    }

    [Fact]
    public void Blocks_OfAnAgreedLength_EndWithAShorterOne()
    {
        byte[] options = [0, 6, .. "blksize\01024\0"u8];

        var replaying = Replaying.Of([Request(1, "r"), FromServer(options), FromServer(Data(1, Mails.Payload))]);

        Assert.Equal(Mails.PayloadHash, (string?)replaying.Only("fileinfo")["sha256"]);
    }

    [Fact]
    public void Block_ThatIsMissing_LeavesNoDigest()
    {
        var replaying = Replaying.Of([Request(1, "r"), FromServer(Data(1, Mails.Payload[..512])), FromServer(Data(3, [1]))]);

        var file = replaying.Only("fileinfo");
        Assert.Null(file["sha256"]);
        Assert.Equal(1025, (int?)file["size"]);
    }

    private static byte[] Request(byte opcode, string file) => Datagram(Client, 50000, Server, 69, [0, opcode, .. System.Text.Encoding.ASCII.GetBytes(file), 0, .. "octet\0"u8]);

    private static byte[] Data(byte block, byte[] bytes) => [0, 3, 0, block, .. bytes];

    private static byte[] FromServer(byte[] packet) => Datagram(Server, 3333, Client, 50000, packet);

    private static byte[] FromClient(byte[] packet) => Datagram(Client, 50000, Server, 3333, packet);

    private static byte[] Datagram(string from, ushort fromPort, string to, ushort toPort, byte[] payload) =>
        FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip(from, to, 17, FrameBuilder.Udp(fromPort, toPort, payload)));
}
