using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using MediaSecurityLite.Inspection;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Tests.Traffic;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project tests/Benchmarks -- growth</c>: floods made in memory, each once and ten times as long.
/// Prints the ratio of the times, the memory, and the slowest packet; a ratio above 11 fails the run.
/// </summary>
internal static class GrowthRun
{
    private const double MaxRatio = 11;
    private static readonly byte[] Datagram = FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("10.0.0.1", "203.0.113.1", 17, FrameBuilder.Udp(1, 7777, new byte[16])));
    private static readonly byte[] Syn = FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("10.0.0.1", "203.0.113.1", 6, FrameBuilder.Tcp(1, 443, 1, 0, 0x02, [])));
    private static readonly byte[] Fragment = FrameBuilder.Ethernet(0x0800, FrameBuilder.IPv4Fragment("10.0.0.1", "203.0.113.1", 17, 1, 0, true, new byte[64]));
    private static readonly byte[] Early = FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("10.0.0.1", "203.0.113.1", 6, FrameBuilder.Tcp(1, 80, 1, 1, 0x10, new byte[1])));

    public static int Run()
    {
        bool[] results =
        [
            Grows("one-packet flows, 10 us apart", 200_000, (_, i) => Numbered(Datagram, 26, (uint)i), 10_000),
            Grows("SYN flood of 100,000 a second", 600_000, (_, i) => Numbered(Syn, 26, (uint)i), 10_000),
            Grows("first fragments only", 200_000, (_, i) => Numbered(Fragment, 26, (uint)i), 10_000),
            Grows("one-byte segments before their turn, in disorder", 200_000, (random, _) => Numbered(Early, 38, 10 + (2 * (uint)random.Next(500_000))), 10_000),
        ];
        return Array.TrueForAll(results, static isLinear => isLinear) ? 0 : 1;
    }

    private static bool Grows(string name, int packets, Func<Random, int, byte[]> next, long pause)
    {
        Measure(packets / 10, next, pause);
        var once = Measure(packets, next, pause);
        var tenfold = Measure(10 * packets, next, pause);
        var ratio = tenfold.Seconds / once.Seconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {packets:N0} packets {once.Seconds:F2} s, {10 * packets:N0} {tenfold.Seconds:F2} s, ratio {ratio:F1}; memory {once.Megabytes:F0} and {tenfold.Megabytes:F0} MB; slowest packet {tenfold.Slowest:F1} ms; flows open {tenfold.Flows:N0}"));
        return ratio <= MaxRatio;
    }

    private static (double Seconds, double Megabytes, double Slowest, long Flows) Measure(int packets, Func<Random, int, byte[]> next, long pause)
    {
        var random = new Random(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var inspector = new Inspector(new InspectorOptions { Streams = new() { Midstream = true } }, new Nobody());
        var slowest = 0L;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < packets; i++)
        {
            var frame = next(random, i);
            var from = Stopwatch.GetTimestamp();
            inspector.Inspect(new Frame(frame, LinkType.Ethernet, 1_700_000_000_000_000_000 + (i * pause)));
            slowest = Math.Max(slowest, Stopwatch.GetTimestamp() - from);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        return (seconds, memory, 1000.0 * slowest / Stopwatch.Frequency, inspector.Counters.ActiveFlows);
    }

    private static byte[] Numbered(byte[] frame, int offset, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(offset), number);
        return frame;
    }

    private sealed class Nobody : IDetectionSink
    {
        public void OnDetection(Detection detection)
        {
            // None is made: there are no patterns.
        }
    }
}
