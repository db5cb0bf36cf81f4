using System.Net;
using MediaSecurityLite.Enforcement.Effects;
using PacketDotNet;

namespace MediaSecurityLite.Enforcement.Tests.Effects;

/// <summary>What is said in another's name, as an independent decoder reads it.</summary>
public sealed class AnswerPacketTests
{
    [Theory]
    [InlineData("203.0.113.10", "192.168.77.10", 0)]
    [InlineData("203.0.113.10", "192.168.77.10", 1)]
    [InlineData("203.0.113.10", "192.168.77.10", 1200)]
    [InlineData("2001:db8:113::10", "2001:db8:77::10", 0)]
    [InlineData("2001:db8:113::10", "2001:db8:77::10", 333)]
    public void Tcp_HasItsFieldsAndSoundChecksums(string from, string to, int payloadLength)
    {
        var payload = Enumerable.Range(1, payloadLength).Select(i => (byte)i).ToArray();
        var buffer = new byte[1400];
        var length = Tcp.Write(buffer.AsSpan(AnswerPacket.Headroom), 80, 40000, 0x01020304, 0xF0E0D0C0, Tcp.Ack | Tcp.Fin, payload);

        var packet = Decode(AnswerPacket.Finish(buffer, length, Bytes(from), Bytes(to), Tcp.Protocol));
        var tcp = packet.Extract<TcpPacket>();

        Assert.Equal((IPAddress.Parse(from), IPAddress.Parse(to)), (packet.SourceAddress, packet.DestinationAddress));
        Assert.Equal((80, 40000, 0x01020304u, 0xF0E0D0C0u), (tcp.SourcePort, tcp.DestinationPort, tcp.SequenceNumber, tcp.AcknowledgmentNumber));
        Assert.True(tcp is { Acknowledgment: true, Finished: true, Reset: false, Synchronize: false });
        Assert.Equal(payload, tcp.PayloadData);
        Assert.True(tcp.ValidTcpChecksum);
        Assert.True(packet is not IPv4Packet v4 || v4.ValidChecksum);
    }

    [Theory]
    [InlineData("203.0.113.53", "192.168.77.10")]
    [InlineData("2001:db8:113::53", "2001:db8:77::10")]
    public void Udp_HasItsFieldsAndASoundChecksum(string from, string to)
    {
        byte[] payload = [1, 2, 3, 4, 5];
        var buffer = new byte[100];
        payload.CopyTo(buffer, AnswerPacket.Headroom + Udp.HeaderLength);
        var length = Udp.Write(buffer.AsSpan(AnswerPacket.Headroom), 53, 41000, payload.Length);

        var udp = Decode(AnswerPacket.Finish(buffer, length, Bytes(from), Bytes(to), Udp.Protocol)).Extract<UdpPacket>();

        Assert.Equal((53, 41000), (udp.SourcePort, udp.DestinationPort));
        Assert.Equal(payload, udp.PayloadData);
        Assert.True(udp.ValidUdpChecksum);
    }

    private static IPPacket Decode(ReadOnlySpan<byte> packet) =>
        Packet.ParsePacket(packet[0] >> 4 == 4 ? LinkLayers.RawLegacy : LinkLayers.Raw, packet.ToArray()).Extract<IPPacket>();

    private static byte[] Bytes(string address) => IPAddress.Parse(address).GetAddressBytes();
}
