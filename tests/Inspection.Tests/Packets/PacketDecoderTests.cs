using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Packets;

public sealed class PacketDecoderTests
{
    private static readonly byte[] Datagram = FrameBuilder.Udp(5000, 6000, "hello"u8);
    private static readonly byte[] V4 = FrameBuilder.Ip("192.0.2.1", "198.51.100.2", 17, Datagram);
    private static readonly byte[] V6 = FrameBuilder.Ip("2001:db8::1", "2001:db8::2", 17, Datagram);

    public static TheoryData<string, LinkType, byte[]> Encapsulations => new()
    {
        { "Ethernet", LinkType.Ethernet, FrameBuilder.Ethernet(0x0800, V4) },
        { "802.1Q", LinkType.Ethernet, FrameBuilder.Ethernet(0x8100, FrameBuilder.Vlan(7, 0x0800, V4)) },
        { "QinQ", LinkType.Ethernet, FrameBuilder.Ethernet(0x88A8, FrameBuilder.Vlan(7, 0x8100, FrameBuilder.Vlan(8, 0x0800, V4))) },
        { "PPPoE", LinkType.Ethernet, FrameBuilder.Ethernet(0x8864, [0x11, 0, 0, 1, 0, 0, 0x00, 0x21, .. V4]) },
        { "MPLS", LinkType.Ethernet, FrameBuilder.Ethernet(0x8847, [0, 0, 0x10, 64, 0, 0, 0x21, 64, .. V4]) },
        { "Linux cooked", LinkType.LinuxCooked, [.. new byte[14], 0x08, 0x00, .. V4] },
        { "Linux cooked 2", LinkType.LinuxCooked2, [0x08, 0x00, .. new byte[18], .. V4] },
        { "raw", LinkType.Raw, V4 },
        { "null", LinkType.Null, [2, 0, 0, 0, .. V4] },
        { "SNAP", LinkType.Ethernet, FrameBuilder.Ethernet((ushort)(V4.Length + 8), [0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. V4]) },
        { "MAC in MAC", LinkType.Ethernet, FrameBuilder.Ethernet(0x88E7, [0, 0, 0, 5, .. FrameBuilder.Ethernet(0x0800, V4)]) },
        { "FabricPath", LinkType.Ethernet, FrameBuilder.Ethernet(0x8903, [0, 0x41, .. FrameBuilder.Ethernet(0x0800, V4)]) },
        { "Cisco HDLC", LinkType.CiscoHdlc, [0x0F, 0, 8, 0, .. V4] },
        { "Cisco HDLC named PPP", LinkType.Ppp, [0x0F, 0, 8, 0, .. V4] },
        { "PPP", LinkType.Ppp, [0xFF, 0x03, 0x00, 0x21, .. V4] },
        { "IPv4 in IPv6 (MAP-E, DS-Lite)", LinkType.Raw, FrameBuilder.Ip("2001:db8::a", "2001:db8::b", 4, V4) },
        { "GRE", LinkType.Raw, FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 47, [0, 0, 0x08, 0x00, .. V4]) },
        { "GRE with key", LinkType.Raw, FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 47, [0x20, 0, 0x08, 0x00, 1, 2, 3, 4, .. V4]) },
        { "hop-by-hop options in the tunnel", LinkType.Raw, FrameBuilder.Ip("2001:db8::a", "2001:db8::b", 0, [4, 0, 1, 4, 0, 0, 0, 0, .. V4]) },
    };

    [Theory]
    [MemberData(nameof(Encapsulations))]
    public void Decode_EveryEncapsulation_FindsTheSameDatagram(string name, LinkType link, byte[] frame)
    {
        Assert.NotEmpty(name);
        var packet = default(Packet);

        Assert.Equal(DecodeEvent.None, new PacketDecoder(new FragmentOptions()).Decode(frame, link, ref packet));
        Assert.Equal("192.0.2.1", packet.Source.ToString());
        Assert.Equal((5000, 6000), (packet.SourcePort, packet.DestinationPort));
        Assert.Equal("hello"u8, packet.Payload);
    }

    [Fact]
    public void Decode_6In4_FindsTheIPv6Packet()
    {
        var packet = default(Packet);
        var frame = FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 41, V6);

        Assert.Equal(DecodeEvent.None, new PacketDecoder(new FragmentOptions()).Decode(frame, LinkType.Raw, ref packet));
        Assert.Equal("2001:db8::1", packet.Source.ToString());
    }

    public static TheoryData<string, ushort, byte[]> Tunnels => new()
    {
        { "vxlan", 4789, [8, 0, 0, 0, 0, 0, 5, 0, .. FrameBuilder.Ethernet(0x0800, V4)] },
        { "vxlan", 4790, [0x0C, 0, 0, 3, 0, 0, 5, 0, .. FrameBuilder.Ethernet(0x0800, V4)] },
        { "vxlan", 4790, [0x0C, 0, 0, 1, 0, 0, 5, 0, .. V4] },
        { "geneve", 6081, [1, 0, 0x65, 0x58, 0, 0, 5, 0, 1, 2, 3, 4, .. FrameBuilder.Ethernet(0x0800, V4)] },
        { "geneve", 6081, [0, 0, 0x08, 0x00, 0, 0, 5, 0, .. V4] },
    };

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void Decode_TunnelOverUdp_HasAFlowOfItsOwnInside(string protocol, ushort port, byte[] payload)
    {
        var frame = FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 17, FrameBuilder.Udp(1, port, payload));

        var flows = Replaying.Of([frame], LinkType.Raw).Records("flow");

        Assert.Equal(["10.0.0.1", "192.0.2.1"], flows.Select(flow => (string?)flow["src_ip"]).Order());
        Assert.Equal(protocol, (string?)flows[0]["app_proto"]);
    }

    [Fact]
    public void Decode_FragmentsInAnyOrder_GiveTheDatagram()
    {
        var whole = FrameBuilder.Udp(5000, 6000, new byte[100]);
        byte[][] pieces =
        [
            FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", 17, 9, 0, true, whole.AsSpan(0, 40)),
            FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", 17, 9, 40, true, whole.AsSpan(40, 40)),
            FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", 17, 9, 80, false, whole.AsSpan(80)),
        ];
        int[][] orders = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 2, 1]];
        foreach (var order in orders)
        {
            var decoder = new PacketDecoder(new FragmentOptions());
            var packet = default(Packet);
            Assert.Equal(DecodeEvent.FragmentPending, decoder.Decode(pieces[order[0]], LinkType.Raw, ref packet));
            Assert.Equal(DecodeEvent.FragmentPending, decoder.Decode(pieces[order[1]], LinkType.Raw, ref packet));
            Assert.Equal(DecodeEvent.None, decoder.Decode(pieces[order[2]], LinkType.Raw, ref packet));
            Assert.Equal(100, packet.Payload.Length);
            Assert.Equal(0, decoder.FragmentBytes);
        }
    }

    [Fact]
    public void Decode_OverlappingFragments_FirstDataStays()
    {
        var decoder = new PacketDecoder(new FragmentOptions());
        var packet = default(Packet);
        var whole = FrameBuilder.Udp(5000, 6000, [.. Enumerable.Repeat((byte)'a', 32)]);
        var forged = whole.AsSpan(16, 16).ToArray();
        Array.Fill(forged, (byte)'b');

        decoder.Decode(FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", 17, 9, 0, true, whole.AsSpan(0, 32)), LinkType.Raw, ref packet);
        decoder.Decode(FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", 17, 9, 16, true, forged), LinkType.Raw, ref packet);
        var last = decoder.Decode(FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", 17, 9, 32, false, whole.AsSpan(32)), LinkType.Raw, ref packet);

        Assert.Equal(DecodeEvent.None, last);
        Assert.DoesNotContain((byte)'b', packet.Payload.ToArray());
    }

    [Property(MaxTest = 2000)]
    public void Decode_AnyBytes_NeverThrows(byte[] bytes, ushort link)
    {
        var decoder = new PacketDecoder(new FragmentOptions());
        LinkType[] links = Enum.GetValues<LinkType>();
        var packet = default(Packet);

        decoder.Decode(bytes, links[link % links.Length], ref packet);
    }

    [Property(MaxTest = 500)]
    public void Decode_CutAndMutatedFrames_NeverThrows(int seed)
    {
        var random = new Random(seed);
        var decoder = new PacketDecoder(new FragmentOptions());
        foreach (var row in Encapsulations)
        {
            var (_, link, frame) = row.Data;
            var copy = frame.AsSpan(0, random.Next(frame.Length + 1)).ToArray();
            for (var i = 0; i < 3 && copy.Length > 0; i++)
            {
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            }

            var packet = default(Packet);
            decoder.Decode(copy, link, ref packet);
        }
    }
}
