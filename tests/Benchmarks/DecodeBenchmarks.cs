using BenchmarkDotNet.Attributes;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Benchmarks;

/// <summary>One frame through the decoder.</summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private static readonly byte[] Segment = FrameBuilder.Tcp(40000, 443, 1, 1, 0x18, new byte[1400]);
    private static readonly byte[] V4 = FrameBuilder.Ip("192.168.1.10", "203.0.113.80", 6, Segment);
    private readonly PacketDecoder _decoder = new(new FragmentOptions());
    private readonly byte[] _plain = FrameBuilder.Ethernet(0x0800, V4);
    private readonly byte[] _mapE = FrameBuilder.Ethernet(0x86DD, FrameBuilder.Ip("2001:db8::a", "2001:db8::b", 4, V4));
    private readonly byte[] _pppoe = FrameBuilder.Ethernet(0x8100, FrameBuilder.Vlan(7, 0x8864, [0x11, 0, 0, 1, 0, 0, 0x00, 0x21, .. V4]));

    [Benchmark(Baseline = true)]
    public int IPv4() => Decode(_plain);

    [Benchmark]
    public int MapE() => Decode(_mapE);

    [Benchmark]
    public int VlanPppoe() => Decode(_pppoe);

    private int Decode(byte[] frame)
    {
        var packet = default(Packet);
        return (int)_decoder.Decode(frame, LinkType.Ethernet, ref packet) + packet.Payload.Length;
    }
}
