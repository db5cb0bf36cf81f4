using MediaSecurityLite.Patterns.Names;

namespace MediaSecurityLite.Patterns.Tests.Names;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("Example.COM", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("日本語.jp", "xn--wgv71a119e.jp")]
    [InlineData("ＥＸＡＭＰＬＥ．ＪＰ", "example.jp")]
    [InlineData("例え。テスト", "xn--r8jz45g.xn--zckzah")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("xn--wgv71a119e.jp", "xn--wgv71a119e.jp")]
    [InlineData("0------------0.example", "0------------0.example")]
    [InlineData("_dmarc.example", "_dmarc.example")]
    public void TryNormalise_OfName_GivesWhatDnsCarries(string text, string expected)
    {
        Assert.True(DomainName.TryNormalise(text, out var name));
        Assert.Equal(expected, name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a.b")]
    [InlineData("a b.example")]
    [InlineData("a*.example")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.4.5")]
    [InlineData("name.123")]
    [InlineData("example.com/x")]
    [InlineData("exa\u0000mple.com")]
    [InlineData("\ufffd.example")]
    public void TryNormalise_OfSomethingElse_Fails(string text) => Assert.False(DomainName.TryNormalise(text, out _));

    [Fact]
    public void TryNormalise_OfTooLongLabelOrName_Fails()
    {
        Assert.False(DomainName.TryNormalise(new string('a', 64) + ".example", out _));
        Assert.False(DomainName.TryNormalise(string.Join('.', Enumerable.Repeat("abcdefghi", 26)), out _));
        Assert.True(DomainName.TryNormalise(new string('a', 63) + ".example", out _));
    }
}
