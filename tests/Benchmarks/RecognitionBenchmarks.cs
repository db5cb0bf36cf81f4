using BenchmarkDotNet.Attributes;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Recognition;

namespace MediaSecurityLite.Benchmarks;

/// <summary>The first bytes of a flow that nothing knows: every candidate of its first byte is asked. The worst bytes are those that lengths start with.</summary>
[MemoryDiagnoser]
public class RecognitionBenchmarks
{
    private readonly Flow _flow = new() { ClientPort = 40000, ServerPort = 7777 };
    private readonly byte[] _data = new byte[200];

    [Params(0x00, 0x01, 0x05, 0x47, 0xEE)]
    public byte First { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        new Random(1).NextBytes(_data);
        _data[0] = First;
    }

    [Benchmark]
    public int UnknownDatagram() => (int)DispatchTable.Datagram(_data, Direction.ToServer, _flow);

    [Benchmark]
    public int UnknownStream() => (int)DispatchTable.Stream(_data, Direction.ToServer, _flow, out _);
}
