using BenchmarkDotNet.Attributes;
using MediaSecurityLite.Inspection;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Tests.Traffic;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Benchmarks;

/// <summary>Whole conversations through an inspector, from the first packet to the last, with and without records.</summary>
[MemoryDiagnoser]
public class InspectionBenchmarks : IDetectionSink, IRecordOutput
{
    private static readonly byte[][] Bulk = [.. Talk(c => c.Client("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n").Server("HTTP/1.1 200 OK\r\nContent-Length: 1400000\r\n\r\n" + new string('x', 1_400_000)))];
    private static readonly byte[][] Http = [.. Talk(c => c.Client("GET /a HTTP/1.1\r\nHost: www.example.test\r\nUser-Agent: x\r\n\r\n").Server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))];
    private static readonly byte[][] Dns = [Datagram(true), Datagram(false)];
    private Inspector _inspector = null!;
    private long _time;
    private ushort _port;

    /// <summary>Whether EVE records are written.</summary>
    [Params(false, true)]
    public bool Records { get; set; }

    [GlobalSetup]
    public void Setup() => _inspector = new Inspector(new InspectorOptions(), this, Records ? this : null);

    [Benchmark]
    public void BulkDownload() => Inspect(Bulk);

    [Benchmark]
    public void HttpExchange() => Inspect(Http);

    [Benchmark]
    public void DnsExchange() => Inspect(Dns);

    /// <summary>Every packet a new flow: the table fills, expires, and fills again.</summary>
    [Benchmark]
    public void NewFlow()
    {
        var frame = Dns[0];
        _port++;
        (frame[34], frame[35]) = ((byte)(_port >> 8), (byte)_port);
        _time += 100_000;
        _inspector.Inspect(new Frame(frame, LinkType.Ethernet, _time));
    }

    void IDetectionSink.OnDetection(Detection detection)
    {
        // None is made: there are no patterns.
    }

    void IRecordOutput.Write(ReadOnlySpan<byte> lines)
    {
        // What the writing of a record costs is measured, not what becomes of it.
    }

    private void Inspect(byte[][] frames)
    {
        foreach (var frame in frames)
        {
            _time += 1000;
            _inspector.Inspect(new Frame(frame, LinkType.Ethernet, _time));
        }
    }

    private static List<byte[]> Talk(Func<TcpConversation, TcpConversation> what) => what(new TcpConversation()).End().Frames;

    private static byte[] Datagram(bool isQuery)
    {
        byte[] message = [0, 1, isQuery ? (byte)1 : (byte)0x81, isQuery ? (byte)0 : (byte)0x80, 0, 1, 0, isQuery ? (byte)0 : (byte)1, 0, 0, 0, 0, 3, (byte)'w', (byte)'w', (byte)'w', 4, (byte)'t', (byte)'e', (byte)'s', (byte)'t', 0, 0, 1, 0, 1];
        byte[] answer = [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];
        var (from, to) = isQuery ? ("192.168.1.10", "192.168.1.1") : ("192.168.1.1", "192.168.1.10");
        var (source, destination) = isQuery ? ((ushort)5000, (ushort)53) : ((ushort)53, (ushort)5000);
        return FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip(from, to, 17, FrameBuilder.Udp(source, destination, isQuery ? message : [.. message, .. answer])));
    }
}
