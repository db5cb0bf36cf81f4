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

    public void Dispose() => _shop.Dispose();

    private IReadOnlyList<string> Explain(string text, string language)
    {
        using var pack = _shop.OpenTrails("evil.test\n192.0.2.1:443\n198.51.100.0/24\n[2001:db8::1]:53\nhost.test/a\nhttp://all.test\n");
        Assert.True(PatternQuery.TryParse(text, out var query));
        return new PatternExplanation(PatternSet.Combine(pack), language).Of(query);
    }
}
