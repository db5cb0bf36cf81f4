using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Tests.Feeds;

public sealed class FeedReaderTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public void Trails_WithMalformedLines_KeepTheRestAndSayWhere()
    {
        var (pack, report) = _shop.Build(_shop.WriteTrails("# comment\n\ngood.test # why\n bad name.test\n192.0.2.1:99999\nalso.test\t\n/path\n"));
        using var opened = _shop.Open(pack);
        var source = Assert.Single(report.Sources);

        Assert.Equal((5, 2), (source.Read, source.Kept));
        Assert.Equal(
            ["trails.txt:4: Malformed: bad name.test", "trails.txt:5: Malformed: 192.0.2.1:99999", "trails.txt:7: PathWithoutHost: /path"],
            source.Complaints.Select(complaint => complaint.ToString()));
        Assert.Single(opened.Name("good.test"));
        Assert.Single(opened.Name("also.test"));
    }

    [Fact]
    public void Trails_OfFolder_TakeTheFamilyFromTheFile()
    {
        _shop.Write("feed/malware/Emo Tet.txt", "a.test\n");
        _shop.Write("feed/malware/other.txt", "b.test\n");
        _shop.Write("feed/scanners.txt", "c.test\n");
        var list = _shop.Write("sources.json", """
            { "sources": [ { "id": "feed", "format": "trails", "path": "feed", "licence": "MIT",
              "rules": [ { "files": "malware/*.txt", "kind": "CommandAndControl", "name": "{file}" } ] } ] }
            """);
        using var pack = _shop.Open(_shop.Build(list).Pack);

        Assert.Equal([("emotet", 6)], pack.Name("a.test"));
        Assert.Equal([("other", 6)], pack.Name("b.test"));
        Assert.Empty(pack.Name("c.test"));
    }

    [Fact]
    public void Domains_TakeNamesAndAddressesOnly()
    {
        var report = BuildOf("domains", "a.test\n192.0.2.1\nb.test/path\n192.0.2.1:80\n*.c.test\n");

        Assert.Equal(2, report.Kept);
        Assert.Equal([3, 4, 5], report.Complaints.Select(complaint => complaint.Line));
    }

    [Fact]
    public void Hosts_TakeNamesThatGoNowhere()
    {
        var report = BuildOf("hosts", """
            # hosts
            127.0.0.1 localhost
            ::1 ip6-localhost ip6-loopback
            0.0.0.0 a.test b.test # two
            127.0.0.1	c.test
            192.0.2.1 real.test
            0.0.0.0
            lonely.test
            """);

        Assert.Equal((6, 3), (report.Read, report.Kept));
        Assert.Equal(1, report.Dropped[DropReason.NoBlock]);
        Assert.Equal([6, 7, 8], report.Complaints.Select(complaint => complaint.Line));
    }

    [Fact]
    public void Ut1_MapsCategoriesAndReportsExpressions()
    {
        _shop.Write("ut1/gambling/domains", "casino.test\n192.0.2.7\n");
        _shop.Write("ut1/gambling/urls", "host.test/casino/\n");
        _shop.Write("ut1/gambling/expressions", "(casino|poker)\n");
        _shop.Write("ut1/gambling/usage", "black\ngambling\n");
        _shop.Write("ut1/unknown/domains", "unknown.test\n");
        _shop.Write("ut1/global_usage", "NAME: gambling\n");
        _shop.Write("categories.json", """{ "categories": [ { "id": "bets", "name": { "ja": "賭け", "en": "Bets" }, "ut1": ["gambling"] } ] }""");
        var list = _shop.Write("sources.json", """
            { "categories": "categories.json", "sources": [ { "id": "ut1", "format": "ut1", "path": "ut1", "licence": "CC-BY-SA-4.0" } ] }
            """);
        var (pack, report) = _shop.Build(list);
        using var opened = _shop.Open(pack);
        var source = report.Sources.Single();

        Assert.Equal([("bets", 11)], opened.Name("www.casino.test"));
        Assert.Equal([("bets", 32)], opened.Address("192.0.2.7", 80));
        Assert.Equal([("bets", 7)], opened.Url("host.test", "/casino/x"));
        Assert.Equal("賭け", opened.Catalogue.Category("bets")?.Name.In("ja"));
        Assert.Equal((5, 3), (source.Read, source.Kept));
        Assert.Equal(
            ["gambling/expressions:1: Expression: (casino|poker)", "unknown/domains:1: Unmapped: unknown.test"],
            source.Complaints.Select(complaint => complaint.ToString()));
    }

    [Fact]
    public void Build_WithOneSourceThatVanished_KeepsTheOthersAndSaysSo()
    {
        _shop.Write("gone.txt", "a.test\n");
        _shop.Write("here.txt", "b.test\n");
        var list = SourceList.Load(
            [_shop.Write("sources.json", """
            { "sources": [
              { "id": "gone", "format": "domains", "path": "gone.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "f" },
              { "id": "here", "format": "domains", "path": "here.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "f" } ] }
            """)],
            new Dictionary<string, string>());
        File.Delete(_shop.Path("gone.txt"));

        var (_, report) = _shop.Build(list);

        Assert.Contains("gone.txt", report.Sources[0].Failure, StringComparison.Ordinal);
        Assert.Equal((null, 1), (report.Sources[1].Failure, report.Sources[1].Kept));
    }

    [Property(MaxTest = 50)]
    public bool EveryLineFormat_OnAnyBytes_CountsEveryEntryOnce(byte[] bytes, string text)
    {
        var garbage = (byte[])[.. bytes, 10, .. Encoding.UTF8.GetBytes(text ?? ""), 10, .. "good.test\n"u8];
        return new[] { "trails", "domains", "hosts" }.All(format =>
        {
            var report = BuildOf(format, garbage);
            return report.Failure is null && report.Read == report.Kept + report.Dropped.Values.Sum()
                && (format == "hosts" || report.Kept >= 1) && report.Complaints.All(complaint => complaint.Line > 0);
        });
    }

    [Fact]
    public void EveryLineFormat_OnMegabytesWithoutALineEnd_ComplainsOnce()
    {
        foreach (var format in new[] { "trails", "domains", "hosts" })
        {
            var report = BuildOf(format, [.. Enumerable.Repeat((byte)'a', 3_000_000)]);

            Assert.Equal((1, 0, DropReason.TooLong), (report.Read, report.Kept, report.Complaints.Single().Reason));
        }
    }

    [Fact]
    public void EveryLineFormat_OnUtf16_ComplainsPerLine()
    {
        var report = BuildOf("domains", Encoding.Unicode.GetBytes("\uFEFFa.test\nb.test\n"));

        Assert.Equal(0, report.Kept);
        Assert.All(report.Complaints, complaint => Assert.Equal(DropReason.NotText, complaint.Reason));
    }

    public void Dispose() => _shop.Dispose();

    private SourceReport BuildOf(string format, string text) => BuildOf(format, Encoding.UTF8.GetBytes(text));

    private SourceReport BuildOf(string format, byte[] bytes)
    {
        _shop.Write("list.txt", bytes);
        var list = _shop.Write("sources.json", $$"""
            { "sources": [ { "id": "feed", "format": "{{format}}", "path": "list.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "family" } ] }
            """);
        return _shop.Build(list).Report.Sources.Single();
    }
}
