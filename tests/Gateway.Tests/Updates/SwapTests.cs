using MediaSecurityLite.Capture;
using MediaSecurityLite.Capture.Files;
using MediaSecurityLite.Gateway.Tests.Pipeline;
using MediaSecurityLite.Inspection;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Gateway.Tests.Updates;

/// <summary>What is measured is the process's: nothing else may run beside it.</summary>
[CollectionDefinition(nameof(ProcessMeasurements), DisableParallelization = true)]
public sealed class ProcessMeasurements;

/// <summary>Packs are swapped while traffic is inspected at full speed.</summary>
[Collection(nameof(ProcessMeasurements))]
public sealed class SwapTests : IDisposable
{
    private const int Swaps = 100;
    private const int Terminals = 200;

    private readonly TemporaryFolder _folder = new();
    private readonly Publisher _publisher;
    private readonly Box _box;

    public SwapTests()
    {
        _publisher = new Publisher(_folder.Path);
        _box = new Box(_publisher, new Mirror(_publisher.Repository), _folder.File("box"));
    }

    public void Dispose()
    {
        _box.Dispose();
        _publisher.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Swap_AHundredTimesDuringReplay_EveryRequestIsFoundByOneWholePack()
    {
        var names = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"host{i}.example{i % 997}.test\n"));
        byte[][] packs = [_publisher.Build("1", names), _publisher.Build("2", names + "second.example\n")];
        Swap(packs[0]);
        var capture = _folder.File("traffic.pcap");
        TestCapture.WriteRequests(capture, [.. Enumerable.Range(0, Terminals).Select(i => new System.Net.IPAddress([10, 0, 1, (byte)i]))], "www.evil.example", "/");
        using var stop = new CancellationTokenSource();
        var replay = Task.Run(() => Replay(capture, stop.Token), TestContext.Current.CancellationToken);

        var (memory, mapped) = await WarmUpAsync(packs);
        for (var i = 0; i < Swaps; i++)
        {
            Swap(packs[i % 2]);
        }

        await stop.CancelAsync();
        var (packets, verdicts, found, versions) = await replay;

        Assert.Equal(packets, verdicts);
        Assert.Equal(0, found % Terminals); // every terminal of every round, none lost to a swap
        Assert.Equal(packets / 3, found);
        Assert.Equal(["1", "2"], versions.Order(StringComparer.Ordinal));
        Assert.InRange(MappedPacks(), 1, mapped);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, memory + (1 << 20));
    }

    /// <summary>A few swaps before anything is measured.</summary>
    private async Task<(long Memory, int Mapped)> WarmUpAsync(byte[][] packs)
    {
        for (var i = 0; i < 4; i++)
        {
            Swap(packs[i % 2]);
        }

        await Task.Yield();
        return (GC.GetTotalMemory(forceFullCollection: true), Math.Max(2, MappedPacks()));
    }

    private void Swap(byte[] pack)
    {
        _box.Shelf.Prepare();
        File.WriteAllBytes(_box.Shelf.Candidate("base"), pack);
        _box.Shelf.Install("base");
        _box.Snapshots.ReloadPatterns();
    }

    private (long Packets, long Verdicts, long Found, HashSet<string> Versions) Replay(string capture, CancellationToken stop)
    {
        var (packets, verdicts) = (0L, 0L);
        var sink = new Findings();
        while (!stop.IsCancellationRequested)
        {
            var inspector = new Inspector(new InspectorOptions(), sink);
            using var source = CaptureFile.Open(capture);
            while (source.MoveNext() == SourceStatus.Frame)
            {
                inspector.Snapshot = _box.Snapshot.Current;
                packets++;
                verdicts += inspector.Inspect(source.Current).Action is VerdictAction.Accept or VerdictAction.Block ? 1 : 0;
            }

            inspector.Finish();
        }

        return (packets, verdicts, sink.Count, sink.Versions);
    }

    /// <summary>How many packs of this test the process has mapped, once what nobody refers to is gone.</summary>
    private int MappedPacks()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return File.ReadAllLines("/proc/self/maps").Count(line => line.Contains(_folder.Path, StringComparison.Ordinal) && line.Contains(".mslpack", StringComparison.Ordinal));
    }

    private sealed class Findings : IDetectionSink
    {
        public long Count { get; private set; }

        public HashSet<string> Versions { get; } = [];

        public void OnDetection(Detection detection)
        {
            Assert.Equal("evil.example", detection.Rule);
            Count++;
            Versions.Add(detection.PackVersion);
        }
    }
}
