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
        { "ERSPAN I", LinkType.Raw, Gre(0x0000, 0x88BE, FrameBuilder.Ethernet(0x0800, V4)) },
        { "ERSPAN II", LinkType.Raw, Gre(0x1000, 0x88BE, [0, 0, 0, 1, 0x10, 1, 0, 0, 0, 0, 0, 0, .. FrameBuilder.Ethernet(0x0800, V4)]) },
        { "ERSPAN III", LinkType.Raw, Gre(0x1000, 0x22EB, [0, 0, 0, 1, 0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. FrameBuilder.Ethernet(0x0800, V4)]) },
        { "PPTP", LinkType.Raw, [.. FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 47, [0x30, 0x01, 0x88, 0x0B, 0, 0, 0, 1, 0, 0, 0, 1, 0xFF, 3, 0, 0x21, .. V4])] },
        { "hop-by-hop options in the tunnel", LinkType.Raw, FrameBuilder.Ip("2001:db8::a", "2001:db8::b", 0, [4, 0, 1, 4, 0, 0, 0, 0, .. V4]) },
    };

    private static byte[] Gre(ushort flags, ushort protocol, byte[] payload) =>
        FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 47, [(byte)(flags >> 8), (byte)flags, (byte)(protocol >> 8), (byte)protocol, .. payload]);

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
        { "vxlan", 8472, [8, 0, 0, 0, 0, 0, 5, 0, .. FrameBuilder.Ethernet(0x8100, FrameBuilder.Vlan(7, 0x0800, V4))] },
        { "geneve", 6081, [0, 0, 0x08, 0x00, 0, 0, 5, 0, .. V4] },
    };

    [Theory]
    [InlineData("")]
    [InlineData("0000112233445566")]
    [InlineData("00010000112233445566778800")]
    public void Decode_Teredo_HasAnIPv6FlowInside(string indications)
    {
        var frame = FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 17, FrameBuilder.Udp(50000, 3544, [.. Convert.FromHexString(indications), .. V6]));

        var flows = Replaying.Of([frame], LinkType.Raw).Records("flow");

        Assert.Equal(["10.0.0.1", "2001:db8::1"], flows.Select(flow => (string?)flow["src_ip"]).Order());
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void Decode_TunnelOverUdp_HasAFlowOfItsOwnInside(string protocol, ushort port, byte[] payload)
    {
        var frame = FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 17, FrameBuilder.Udp(1, port, payload));

        var flows = Replaying.Of([frame], LinkType.Raw).Records("flow");

        Assert.Equal(["10.0.0.1", "192.0.2.1"], flows.Select(flow => (string?)flow["src_ip"]).Order());
        Assert.Equal(protocol, (string?)flows[0]["app_proto"]);
    }

    public static TheoryData<DecodeEvent, LinkType, byte[]> Malformed => new()
    {
        { DecodeEvent.LinkTooShort, LinkType.Ethernet, new byte[13] },
        { DecodeEvent.LinkTooShort, LinkType.LinuxCooked, new byte[15] },
        { DecodeEvent.LinkTooShort, LinkType.LinuxCooked2, new byte[19] },
        { DecodeEvent.LinkTooShort, LinkType.Null, new byte[3] },
        { DecodeEvent.LinkUnsupported, (LinkType)147, V4 },
        { DecodeEvent.NotIp, LinkType.Ethernet, FrameBuilder.Ethernet(0x0806, new byte[28]) },
        { DecodeEvent.TooManyLayers, LinkType.Raw, Nested(20) },
        { DecodeEvent.EncapsulationTooShort, LinkType.Ethernet, FrameBuilder.Ethernet(0x8100, [0, 7, 8]) },
        { DecodeEvent.EncapsulationTooShort, LinkType.Ethernet, FrameBuilder.Ethernet(0x8864, [0x11, 0, 0, 1, 0, 0, 0]) },
        { DecodeEvent.EncapsulationTooShort, LinkType.Ethernet, FrameBuilder.Ethernet(0x8847, [0, 0, 0x10, 64, 0, 0, 0x20, 64]) },
        { DecodeEvent.IPv4TooShort, LinkType.Raw, V4[..19] },
        { DecodeEvent.IPv4TooShort, LinkType.Raw, [0x4F, .. V4.AsSpan(1, 27)] },
        { DecodeEvent.IPv4Malformed, LinkType.IPv4, [0x44, .. V4.AsSpan(1)] },
        { DecodeEvent.IPv4OptionMalformed, LinkType.Raw, WithOptions(0x44, 9, 0, 0) },
        { DecodeEvent.IPv4OptionMalformed, LinkType.Raw, WithOptions(1, 0x83, 1, 0) },
        { DecodeEvent.IPv6TooShort, LinkType.Raw, V6[..39] },
        { DecodeEvent.IPv6Malformed, LinkType.Ethernet, FrameBuilder.Ethernet(0x86DD, new byte[40]) },
        { DecodeEvent.IPv6ExtensionMalformed, LinkType.Raw, FrameBuilder.Ip("2001:db8::1", "2001:db8::2", 60, [17, 9, 0, 0, 0, 0, 0, 0]) },
        { DecodeEvent.IPv6ExtensionMalformed, LinkType.Raw, FrameBuilder.Ip("2001:db8::1", "2001:db8::2", 60, [.. Enumerable.Repeat((byte[])[60, 0, 1, 4, 0, 0, 0, 0], 17).SelectMany(header => header)]) },
        { DecodeEvent.FragmentMalformed, LinkType.Raw, FrameBuilder.IPv4Fragment("192.0.2.1", "198.51.100.2", 17, 9, 65_528, false, new byte[8]) },
        { DecodeEvent.TcpMalformed, LinkType.Raw, FrameBuilder.Ip("192.0.2.1", "198.51.100.2", 6, FrameBuilder.Tcp(1, 2, 3, 4, 0x10, []).AsSpan(0, 19)) },
        { DecodeEvent.TcpMalformed, LinkType.Raw, FrameBuilder.Ip("192.0.2.1", "198.51.100.2", 6, new byte[20]) },
        { DecodeEvent.UdpMalformed, LinkType.Raw, FrameBuilder.Ip("192.0.2.1", "198.51.100.2", 17, [0, 1, 0, 2, 0, 7, 0, 0]) },
        { DecodeEvent.IcmpMalformed, LinkType.Raw, FrameBuilder.Ip("192.0.2.1", "198.51.100.2", 1, [8, 0, 0]) },
        { DecodeEvent.TunnelMalformed, LinkType.Raw, FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 47, [0x20, 0, 8, 0, 1, 2, 3]) },
        { DecodeEvent.SctpMalformed, LinkType.Raw, FrameBuilder.Ip("192.0.2.1", "198.51.100.2", 132, new byte[11]) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Decode_MalformedFrame_IsANumberedCountedEvent(DecodeEvent expected, LinkType link, byte[] frame)
    {
        var decoder = new PacketDecoder(new FragmentOptions());
        var packet = default(Packet);

        Assert.Equal(expected, decoder.Decode(frame, link, ref packet));
        Assert.Equal(1, decoder.Events[(int)expected]);
    }

    [Fact]
    public void Malformed_KnowsEveryEventButThoseThatOnlyOtherFragmentsMake() => Assert.Equal(
        Enum.GetValues<DecodeEvent>().Except([DecodeEvent.None, DecodeEvent.FragmentPending, DecodeEvent.FragmentTableFull]),
        Malformed.Select(row => row.Data.Item1).Distinct().Order());

    [Fact]
    public void Decode_IPv4Options_ArePassedOver()
    {
        var packet = default(Packet);

        Assert.Equal(DecodeEvent.None, new PacketDecoder(new FragmentOptions()).Decode(WithOptions(1, 0x83, 3, 4), LinkType.Raw, ref packet));
        Assert.Equal("hello"u8, packet.Payload);
    }

    [Theory]
    [InlineData("192.0.2.1", "198.51.100.2", 1, 8)]
    [InlineData("2001:db8::1", "2001:db8::2", 58, 128)]
    public void Decode_Icmp_TypeAndCodeStandForPorts(string source, string destination, byte protocol, byte type)
    {
        var packet = default(Packet);

        Assert.Equal(DecodeEvent.None, new PacketDecoder(new FragmentOptions()).Decode(FrameBuilder.Ip(source, destination, protocol, [type, 3, 0, 0, 1, 2]), LinkType.Raw, ref packet));
        Assert.Equal([type, 3], (int[])[packet.SourcePort, packet.DestinationPort]);
        Assert.Equal(2, packet.Payload.Length);
    }

    private static byte[] WithOptions(params byte[] options)
    {
        byte[] packet = [.. V4.AsSpan(0, 20), .. options, .. V4.AsSpan(20)];
        packet[0] = (byte)(0x45 + (options.Length / 4));
        packet[3] += (byte)options.Length;
        return packet;
    }

    private static byte[] Nested(int depth) => depth == 0 ? V4 : FrameBuilder.Ip("10.0.0.1", "10.0.0.2", 4, Nested(depth - 1));

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
