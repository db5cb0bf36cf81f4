using System.IO.Compression;
using FsCheck.Xunit;
using MediaSecurityLite.Capture.Files;
using MediaSecurityLite.Inspection.Packets;
using SharpPcap;
using SharpPcap.LibPcap;
using ZstdSharp;

namespace MediaSecurityLite.Capture.Tests;

public sealed class CaptureFileTests : IDisposable
{
    private static readonly byte[] Frame1 = [.. Enumerable.Range(0, 60).Select(i => (byte)i)];
    private static readonly byte[] Frame2 = [.. Enumerable.Range(0, 1500).Select(i => (byte)(i * 7))];

    private readonly string _folder = Directory.CreateTempSubdirectory("msl-capture-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_FileOfLibpcap_GivesItsFrames()
    {
        var path = Path.Combine(_folder, "a.pcap");
        using (var writer = new CaptureFileWriterDevice(path))
        {
            writer.Open(new DeviceConfiguration { LinkLayerType = PacketDotNet.LinkLayers.Ethernet });
            writer.Write(new RawCapture(PacketDotNet.LinkLayers.Ethernet, new PosixTimeval(1_700_000_000, 123_456), Frame1));
            writer.Write(new RawCapture(PacketDotNet.LinkLayers.Ethernet, new PosixTimeval(1_700_000_001, 0), Frame2));
        }

        var frames = ReadAll(path);

        Assert.Equal([(LinkType.Ethernet, 1_700_000_000_123_456_000, Frame1.Length), (LinkType.Ethernet, 1_700_000_001_000_000_000, Frame2.Length)],
            frames.Select(frame => (frame.Link, frame.Timestamp, frame.Bytes.Length)));
        Assert.Equal(Frame2, frames[1].Bytes);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Open_EveryByteOrderAndResolution_GivesTheSameTimes(bool bigEndian, bool nanoseconds)
    {
        var path = Write("b.pcap", CaptureBytes.Pcap(bigEndian, nanoseconds, 1, (1_700_000_000, 5, Frame1)));

        Assert.Equal(1_700_000_000_000_000_000 + (nanoseconds ? 5 : 5000), Assert.Single(ReadAll(path)).Timestamp);
    }

    [Fact]
    public void Open_PcapNgWithTwoInterfaces_GivesEachFrameItsLinkTypeAndClock()
    {
        var path = Write("c.pcapng", CaptureBytes.PcapNg((1, 6), (101, 9)));

        var frames = ReadAll(path);

        Assert.Equal([(LinkType.Ethernet, 1_000_000_000L), (LinkType.Raw, 1_000_000L)], frames.Select(frame => (frame.Link, frame.Timestamp)));
    }

    [Fact]
    public void Open_CompressedFiles_GivesTheSameFrames()
    {
        var plain = CaptureBytes.Pcap(false, false, 1, [.. Enumerable.Range(0, 5000).Select(i => ((uint)i, 0u, Frame2))]);
        using var zstd = new Compressor();
        var zst = Write("d.pcap.zst", zstd.Wrap(plain).ToArray());
        var gz = Path.Combine(_folder, "d.pcap.gz");
        using (var stream = new GZipStream(File.Create(gz), CompressionLevel.Fastest))
        {
            stream.Write(plain);
        }

        Assert.Equal(5000, ReadAll(zst).Count);
        Assert.Equal(5000, ReadAll(gz).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Open_ManyWindowsOfAllSizesOfFrames_GivesEveryByteInOrder(int seed)
    {
        var random = new Random(seed);
        int[] sizes = [0, 60, 1514, 65_535, 70_000, 1 << 20, 3 << 20];
        (uint, uint, byte[])[] records = [.. Enumerable.Range(0, 400).Select(i =>
        {
            var bytes = new byte[sizes[random.Next(i % 10 == 0 ? sizes.Length : 4)]];
            random.NextBytes(bytes);
            return ((uint)i, 0u, bytes);
        })];
        var plain = CaptureBytes.Pcap(false, false, 1, records);
        using var zstd = new Compressor();

        Assert.Equal(records.Select(record => record.Item3), ReadAll(Write("l.pcap", plain)).Select(frame => frame.Bytes));
        Assert.Equal(records.Select(record => record.Item3), ReadAll(Write("l.pcap.zst", zstd.Wrap(plain).ToArray())).Select(frame => frame.Bytes));
    }

    [Theory]
    [InlineData(new byte[0], "empty")]
    [InlineData(new byte[] { 1, 2 }, "not a capture")]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, "not a capture")]
    [InlineData(new byte[] { 0xD4, 0xC3, 0xB2, 0xA1, 2, 0 }, "cut off")]
    public void Open_WhatIsNoCapture_SaysSoInOneLine(byte[] content, string expected)
    {
        var exception = Assert.Throws<CaptureException>(() => ReadAll(Write("e", content)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void MoveNext_CutRecord_GivesTheFramesBeforeItThenSaysSo()
    {
        var whole = CaptureBytes.Pcap(false, false, 1, (1, 0, Frame1), (2, 0, Frame2));
        using var source = CaptureFile.Open(Write("f.pcap", whole[..^1]));

        Assert.Equal(SourceStatus.Frame, source.MoveNext());
        Assert.Contains("cut off", Assert.Throws<CaptureException>(() => source.MoveNext()).Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 300)]
    public void AnyDamage_IsACaptureExceptionAtMost(int seed)
    {
        var random = new Random(seed);
        var bytes = random.Next(2) == 0
            ? CaptureBytes.Pcap(random.Next(2) == 0, false, 1, (1, 0, Frame1), (2, 0, Frame1))
            : CaptureBytes.PcapNg((1, 6), (101, 9));
        bytes = bytes[..random.Next(bytes.Length + 1)];
        for (var i = 0; i < 4 && bytes.Length > 0; i++)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        var path = Write($"g{seed}", bytes);
        try
        {
            ReadAll(path);
        }
        catch (CaptureException exception)
        {
            Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Paced_FirstFrameIsNow_TheNextWaitsItsTime()
    {
        var time = new SteppedTime();
        using var source = new PacedSource(CaptureFile.Open(Write("h.pcap", CaptureBytes.Pcap(false, false, 1, (100, 0, Frame1), (101, 0, Frame1)))), time);

        Assert.Equal(SourceStatus.Frame, source.MoveNext());
        Assert.Equal(time.Nanoseconds, source.Current.Timestamp);
        Assert.Equal(SourceStatus.Idle, source.MoveNext());
        time.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(SourceStatus.Frame, source.MoveNext());
        Assert.Equal(SourceStatus.Idle, source.MoveNext());
    }

    private static List<(LinkType Link, long Timestamp, byte[] Bytes)> ReadAll(string path)
    {
        var frames = new List<(LinkType, long, byte[])>();
        using var source = CaptureFile.Open(path);
        while (source.MoveNext() == SourceStatus.Frame)
        {
            frames.Add((source.Current.Link, source.Current.Timestamp, source.Current.Bytes.ToArray()));
        }

        return frames;
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private sealed class SteppedTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public long Nanoseconds => (_now - DateTimeOffset.UnixEpoch).Ticks * 100;

        public void Step(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
