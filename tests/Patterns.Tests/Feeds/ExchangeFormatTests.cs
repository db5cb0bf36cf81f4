using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Tests.Feeds;

/// <summary>Formats in which organisations exchange indicators: abuse.ch, MISP, STIX, and UT1's archive.</summary>
public sealed class ExchangeFormatTests : IDisposable
{
    private readonly FeedBench _bench = new();

    [Theory]
    [InlineData(FeedSamples.ThreatFoxCsv)]
    [InlineData(FeedSamples.ThreatFoxJson)]
    public void ThreatFox_InBothForms_GivesTheSame(string text)
    {
        var (pack, report) = _bench.Open("abuseCh", text, "\"minConfidence\": 50,");
        using var opened = pack;

        Assert.Equal([("cobalt-strike", 33)], pack.Address("198.51.100.9", 443));
        Assert.Equal([("emotet", 7)], pack.Name("c2.test"));
        Assert.Equal([("emotet", 6)], pack.Url("drop.test", "/a.exe"));
        Assert.Equal(["emotet"], pack.File(FeedSamples.Sha256));
        Assert.Contains(pack.Labels, label => label is { Kind: PatternKind.Malware, Name: "emotet" });
        Assert.Equal((7, 4), (report.Read, report.Kept));
        Assert.Equal((1, 1, 1), (report.Dropped[DropReason.Unsupported], report.Dropped[DropReason.LowConfidence], report.Dropped[DropReason.Malformed]));
    }

    [Theory]
    [InlineData(FeedSamples.UrlHausCsv)]
    [InlineData(FeedSamples.UrlHausJson)]
    public void UrlHaus_InBothForms_SpellsPathsAsTheyAreLookedUp(string text)
    {
        var (pack, report) = _bench.Open("abuseCh", text);
        using var opened = pack;

        Assert.Equal([("mozi", 10)], pack.Url("drop.test", "/x%2Fb~.sh"));
        Assert.Single(pack.Url("198.51.100.8", "/i"));
        Assert.Equal(2, report.Kept);
    }

    [Theory]
    [InlineData(FeedSamples.FeodoCsv)]
    [InlineData(FeedSamples.FeodoJson)]
    public void Feodo_InBothForms_GivesAddressesWithPorts(string text)
    {
        var (pack, _) = _bench.Open("abuseCh", text);
        using var opened = pack;

        Assert.Equal([("dridex", 33)], pack.Address("198.51.100.9", 443));
        Assert.Empty(pack.Address("198.51.100.9", 80));
    }

    [Fact]
    public void Sslbl_GivesCertificatesAndClients()
    {
        var (certificates, _) = _bench.Open("abuseCh", FeedSamples.SslblCsv);
        using var first = certificates;
        var (clients, _) = _bench.Open("abuseCh", FeedSamples.SslblJa3);
        using var second = clients;

        Assert.Equal(["dridex"], certificates.Fingerprint(FingerprintKind.Certificate, FeedSamples.Sha1));
        Assert.Equal(["trickbot"], clients.Fingerprint(FingerprintKind.Ja3, FeedSamples.Ja3));
    }

    [Fact]
    public void Misp_OfAFolder_TakesWhatIsMeantForDetection()
    {
        _bench.Shop.Write("misp/manifest.json", """{ "5a5a5a5a-0000-4000-8000-000000000001": { "info": "sample" } }""");
        _bench.Shop.Write("misp/hashes.csv", "0,1\n");
        _bench.Shop.Write("misp/5a5a5a5a-0000-4000-8000-000000000001.json", FeedSamples.MispEvent);
        _bench.Shop.Write("misp/5a5a5a5a-0000-4000-8000-000000000002.json", "{ \"Event\": { \"Attribute\": [ {");
        var (bytes, report) = _bench.Shop.Build(_bench.Shop.Write("misp.json", """
            { "sources": [ { "id": "misp", "format": "misp", "path": "misp", "licence": "MIT", "rules": [
              { "type": "Payload delivery", "kind": "Malware", "name": "{family}" }, { "kind": "CommandAndControl", "name": "{family}" } ] } ] }
            """));
        using var pack = _bench.Shop.Open(bytes);
        var source = report.Sources[0];

        Assert.Equal([("emotet", 7)], pack.Name("c2.test"));
        Assert.Equal([("emotet", 33)], pack.Address("198.51.100.9", 443));
        Assert.Equal([("lock-bit", 2)], pack.Url("drop.test", "/a"));
        Assert.Equal(["emotet"], pack.File(FeedSamples.Sha256));
        Assert.Equal(["emotet"], pack.Fingerprint(FingerprintKind.Ja3, FeedSamples.Ja3));
        Assert.Empty(pack.Name("context.test"));
        Assert.Equal((8, 5), (source.Read, source.Kept));
        Assert.Equal((1, 1, 1), (source.Dropped[DropReason.NoBlock], source.Dropped[DropReason.Unsupported], source.Dropped[DropReason.Malformed]));
        Assert.Contains(source.Complaints, complaint => complaint.File.EndsWith("2.json", StringComparison.Ordinal) && complaint.Line == 1);
    }

    [Fact]
    public void Stix_TakesComparisonsThatAListCanExpress()
    {
        var (pack, report) = _bench.Open("stix", FeedSamples.Stix);
        using var opened = pack;

        Assert.Equal([("emotet", 7)], pack.Name("c2.test"));
        Assert.Equal([("emotet", 28)], pack.Address("192.0.2.5"));
        Assert.Equal([("unknown", 128)], pack.Address("2001:db8::9"));
        Assert.Single(pack.Url("drop.test", "/it's"));
        Assert.Single(pack.File(FeedSamples.Sha256));
        Assert.Empty(pack.Name("old.test"));
        Assert.Equal((10, 5), (report.Read, report.Kept));
        Assert.Equal(
            (2, 1, 1, 1),
            (report.Dropped[DropReason.Expression], report.Dropped[DropReason.Unsupported], report.Dropped[DropReason.NoBlock], report.Dropped[DropReason.Malformed]));
        Assert.Contains(report.Complaints, complaint => complaint is { Line: 11, Reason: DropReason.Malformed });
    }

    [Fact]
    public void Ut1_OfATarball_GivesTheSamePackAsOfItsFolder()
    {
        _bench.Shop.Write("blacklists/gambling/domains", "casino.test\n192.0.2.7\n");
        _bench.Shop.Write("blacklists/gambling/urls", "host.test/casino/\n");
        _bench.Shop.Write("blacklists/gambling/expressions", "(casino|poker)\n");
        _bench.Shop.Write("categories.json", """{ "categories": [ { "id": "bets", "name": { "ja": "賭け", "en": "Bets" }, "ut1": ["gambling"] } ] }""");
        using (var archive = new GZipStream(File.Create(_bench.Shop.Path("all.tar.gz")), CompressionLevel.Fastest))
        {
            TarFile.CreateFromDirectory(_bench.Shop.Path("blacklists"), archive, includeBaseDirectory: true);
        }

        byte[] Build(string path) => _bench.Shop.Build(_bench.Shop.Write("ut1.json", $$"""
            { "categories": "categories.json", "sources": [ { "id": "ut1", "format": "ut1", "path": "{{path}}", "licence": "CC-BY-SA-4.0" } ] }
            """)).Pack;

        Assert.Equal(Build("blacklists"), Build("all.tar.gz"));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Ut1_OfATruncatedTarball_KeepsTheRestOfTheBuildAndSaysSo(double part)
    {
        _bench.Shop.Write("blacklists/gambling/domains", string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 104729:x}.n{i}.test")));
        using (var archive = new GZipStream(File.Create(_bench.Shop.Path("whole.tar.gz")), CompressionLevel.Fastest))
        {
            TarFile.CreateFromDirectory(_bench.Shop.Path("blacklists"), archive, includeBaseDirectory: true);
        }

        var whole = File.ReadAllBytes(_bench.Shop.Path("whole.tar.gz"));
        var (tested, behind) = _bench.Build("ut1", whole[..(int)(whole.Length * part)]);

        Assert.NotNull(tested.Failure);
        Assert.Equal(1, behind.Kept);
    }

    [Fact]
    public void AnyTextFormat_PackedByGzipOrZip_IsReadAsIfPlain()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("full.csv").Open();
            entry.Write(Encoding.UTF8.GetBytes(FeedSamples.ThreatFoxCsv));
        }

        using var gzip = new MemoryStream();
        using (var packed = new GZipStream(gzip, CompressionLevel.Fastest, leaveOpen: true))
        {
            packed.Write(Encoding.UTF8.GetBytes(FeedSamples.ThreatFoxCsv));
        }

        var plain = _bench.Build("abuseCh", Encoding.UTF8.GetBytes(FeedSamples.ThreatFoxCsv)).Tested;
        foreach (var stream in new[] { zip, gzip })
        {
            var report = _bench.Build("abuseCh", stream.ToArray()).Tested;

            Assert.Equal((plain.Read, plain.Kept), (report.Read, report.Kept));
        }
    }

    public void Dispose() => _bench.Dispose();
}
