using MediaSecurityLite.Patterns.Explaining;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Explaining;

public sealed class PatternExplanationTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Theory]
    [InlineData("www.evil.test", "evil.test")]
    [InlineData("WWW.Evil.Test.", "evil.test")]
    [InlineData("http://www.evil.test/x", "evil.test")]
    [InlineData("192.0.2.1:443", "192.0.2.1:443")]
    [InlineData("https://192.0.2.1/x", "192.0.2.1:443")]
    [InlineData("198.51.100.9", "198.51.100.0/24")]
    [InlineData("[2001:db8::1]:53", "[2001:db8::1]:53")]
    [InlineData("host.test/a/b?c", "host.test/a")]
    [InlineData("http://all.test", "all.test/")]
    public void Of_InEnglish_NamesEntrySourcePackAndFamily(string query, string entry) => Assert.Equal(
        [$"{query} is a C&C server of the malware family: entry {entry} of feed, pattern pack 1."], Explain(query, "en"));

    [Fact]
    public void Of_InJapanese_NamesEntrySourcePackAndFamily() => Assert.Equal(
        ["「www.evil.test」はマルウェア「family」の C&C サーバーです。パターンファイル 1 の「feed」にあるエントリ「evil.test」によります。"],
        Explain("www.evil.test", "ja"));

    [Fact]
    public void Of_UnknownName_SaysSo()
    {
        Assert.Equal(["「good.test」に当てはまるエントリはありません（パターンファイル 1）。"], Explain("good.test", "ja"));
        Assert.Equal(["No entry of pattern pack 1 fits good.test."], Explain("good.test", "en"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("host:port")]
    [InlineData("http://")]
    public void TryParse_OfSomethingElse_Fails(string text) => Assert.False(PatternQuery.TryParse(text, out _));

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", "ja3:0123456789abcdef0123456789abcdef")]
    [InlineData("ja3:0123456789ABCDEF0123456789abcdef", "ja3:0123456789abcdef0123456789abcdef")]
    [InlineData("t13d1516h2_8daaf6152771_e5627efa2ab1", "ja4:t13d1516h2_8daaf6152771_e5627efa2ab1")]
    [InlineData("33:95:85:6C:E8:1F:2B:73:82:DE:E7:26:02:F7:98:B6:42:F1:41:40", "cert:3395856ce81f2b7382dee72602f798b642f14140")]
    public void Of_AFingerprint_NamesTheEntry(string asked, string entry)
    {
        using var bench = new Feeds.FeedBench();
        var (pack, _) = bench.Open("fingerprints", Feeds.FeedSamples.Fingerprints);
        using var opened = pack;
        var set = PatternSet.Combine(pack);

        Assert.True(PatternQuery.TryParse(asked, out var query));

        Assert.Contains($"entry {entry} of feed", Assert.Single(new PatternExplanation(set, "en").Of(query)), StringComparison.Ordinal);
        Assert.Contains($"エントリ「{entry}」", Assert.Single(new PatternExplanation(set, "ja").Of(query)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("md5:44d88612fea8a8f36de82e1278abb02f", 1)]
    [InlineData("3395856ce81f2b7382dee72602f798b642f14140", 1)]
    [InlineData("275A021BBFB6489E54D471899F7DB9D1663FC695EC2FE2A2C4538AABF651FD0F", 1)]
    [InlineData("cert:3395856ce81f2b7382dee72602f798b642f14140", 0)]
    [InlineData("ja3:44d88612fea8a8f36de82e1278abb02f", 0)]
    public void Find_OfAFile_LooksForDigestsOfFilesOnly(string asked, int findings)
    {
        using var bench = new Feeds.FeedBench();
        var (pack, _) = bench.Open("fileHashes", Feeds.FeedSamples.FileHashes);
        using var opened = pack;

        Assert.True(PatternQuery.TryParse(asked, out var query));

        Assert.Equal(findings, query.Find(PatternSet.Combine(pack)).Count);
    }

    public void Dispose() => _shop.Dispose();

    private IReadOnlyList<string> Explain(string text, string language)
    {
        using var pack = _shop.OpenTrails("evil.test\n192.0.2.1:443\n198.51.100.0/24\n[2001:db8::1]:53\nhost.test/a\nhttp://all.test\n");
        Assert.True(PatternQuery.TryParse(text, out var query));
        return new PatternExplanation(PatternSet.Combine(pack), language).Of(query);
    }
}
