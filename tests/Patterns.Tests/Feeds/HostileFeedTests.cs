using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Tests.Feeds;

/// <summary>Every reader on files that are cut off, garbled, in another encoding, or made to break it: complaints are counted and located, and the next source is read.</summary>
public sealed class HostileFeedTests : IDisposable
{
    private readonly FeedBench _bench = new();

    public static TheoryData<string, string> Samples => [.. FeedSamples.All];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_OfAFileCutAnywhere_CountsAndGoesOn(string format, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 40))
        {
            AssertSound(format, bytes[..length]);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_OfALineOfMegabytes_ComplainsAndGoesOn(string format, string text)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text), (byte)'\n', .. Enumerable.Repeat((byte)'a', 3_000_000)];

        var report = AssertSound(format, bytes);

        Assert.NotEmpty(report.Complaints);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_OfUtf16_KeepsNothingAndSaysSo(string format, string text)
    {
        var report = AssertSound(format, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]);

        Assert.Equal(0, report.Kept);
        Assert.Contains(DropReason.NotText, report.Dropped.Keys);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_OfAUtf8Mark_ReadsTheFirstEntry(string format, string text)
    {
        var plain = AssertSound(format, Encoding.UTF8.GetBytes(text));
        var marked = AssertSound(format, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);

        Assert.Equal((plain.Read, plain.Kept), (marked.Read, marked.Kept));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_OfDeepNestingAndEndlessLists_GoesOn(string format, string text)
    {
        _ = text;
        AssertSound(format, Encoding.UTF8.GetBytes(new string('[', 100_000)));
        AssertSound(format, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));
        AssertSound(format, Encoding.UTF8.GetBytes("[{\"url\":\"" + new string('a', 5_000_000) + "\"},{\"url\":\"http://b.test/\",\"type\":\"indicator\"}]"));
        AssertSound(format, Encoding.UTF8.GetBytes("[{\"url\":\"\\ud800\",\"value\":\"\\ud800\",\"tags\":[\"\\udfff\"],\"pattern\":\"\\ud800\",\"type\":\"indicator\"}]"));
    }

    [Property(MaxTest = 40)]
    public Property Read_OfGarbledSamples_CountsEveryEntryOnce() => Prop.ForAll(
        Gen.Choose(0, FeedSamples.All.Count - 1).ToArbitrary(),
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        (sample, seed) =>
        {
            var (format, text) = FeedSamples.All[sample];
            AssertSound(format, Garble(Encoding.UTF8.GetBytes(text), new Random(seed)));
        });

    [Property(MaxTest = 30)]
    public void Read_OfAnyBytes_CountsEveryEntryOnce(byte[] bytes)
    {
        foreach (var format in FeedSamples.All.Select(sample => sample.Format).Append("ut1").Distinct())
        {
            AssertSound(format, bytes ?? []);
        }
    }

    [Fact]
    public void Read_OfAPackedFileThatIsDamaged_SaysSoAndGoesOn()
    {
        byte[] gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff];
        byte[] zip = [.. "PK\u0003\u0004"u8, 1, 2, 3];
        foreach (var format in FeedSamples.All.Select(sample => sample.Format).Distinct())
        {
            Assert.Equal(1, AssertSound(format, gzip).Dropped[DropReason.Malformed]);
            Assert.Equal(1, AssertSound(format, zip).Dropped[DropReason.Malformed]);
        }
    }

    [Fact]
    public void Read_OfMillionsOfFamilies_IsBounded()
    {
        var lines = new StringBuilder("# ja3_md5,Firstseen,Lastseen,Listingreason\n");
        for (var i = 0; i < EntryLimits.MaxLabels + 1000; i++)
        {
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i:x32},,,family{i}\n");
        }

        var report = AssertSound("abuseCh", Encoding.UTF8.GetBytes(lines.ToString()));

        Assert.Equal((EntryLimits.MaxLabels, 1000), (report.Kept, report.Dropped[DropReason.Unmapped]));
    }

    public void Dispose() => _bench.Dispose();

    private SourceReport AssertSound(string format, byte[] bytes)
    {
        var (tested, behind) = _bench.Build(format, bytes);
        Assert.Equal(tested.Read, tested.Kept + tested.Dropped.Values.Sum());
        Assert.True(tested.Kept >= 0);
        Assert.True(tested.Failure is null || format == "ut1", tested.Failure);
        Assert.All(tested.Complaints, complaint => Assert.True(complaint.Line > 0 || complaint.Reason == DropReason.Malformed, complaint.ToString()));
        Assert.InRange(behind.Kept, behind.Failure is null && behind.Dropped.Count == 0 ? 1 : 0, 1);
        Assert.Null(behind.Failure);
        return tested;
    }

    private static byte[] Garble(byte[] bytes, Random random)
    {
        for (var changes = random.Next(1, 8); changes > 0 && bytes.Length > 1; changes--)
        {
            var place = random.Next(bytes.Length);
            var length = random.Next(1, 20);
            bytes = random.Next(4) switch
            {
                0 => [.. bytes[..place], (byte)random.Next(256), .. bytes[(place + 1)..]],
                1 => [.. bytes[..place], .. bytes[Math.Min(bytes.Length, place + length)..]],
                2 => [.. bytes[..place], .. bytes[place..Math.Min(bytes.Length, place + length)], .. bytes[place..]],
                _ => [.. bytes[..place], .. "\"{[,]}'\\\0\n|"u8[(length % 11)..], .. bytes[place..]],
            };
        }

        return bytes;
    }
}
