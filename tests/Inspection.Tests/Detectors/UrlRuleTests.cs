using System.Text;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Inspection.Tests.Detectors;

public sealed class UrlRuleTests
{
    [Theory]
    [InlineData("example.co.jp", "example.co.jp", "/", true)]
    [InlineData("example.co.jp", "www.example.co.jp", "/x", true)]
    [InlineData("example.co.jp", "notexample.co.jp", "/", false)]
    [InlineData("*.example.co.jp", "example.co.jp", "/", false)]
    [InlineData("*.example.co.jp", "www.example.co.jp", "", true)]
    [InlineData("example.co.jp/game", "example.co.jp", "/game/1", true)]
    [InlineData("example.co.jp/game", "example.co.jp", "", false)]
    [InlineData("example.co.jp/game", "example.co.jp", "/work", false)]
    [InlineData("example.co.jp/*/play", "example.co.jp", "/a/b/play", true)]
    [InlineData("example.co.jp/*/play", "example.co.jp", "/a/b/plays", false)]
    [InlineData("example.co.jp/*game*", "example.co.jp", "/my-game-1", true)]
    [InlineData("https://Example.co.jp/", "example.co.jp", "", true)]
    [InlineData("日本語.jp", "xn--wgv71a119e.jp", "/", true)]
    [InlineData("192.0.2.7", "192.0.2.7", "/", true)]
    [InlineData("[2001:DB8::7]/a", "2001:db8::7", "/a", true)]
    public void Find_SaysWhatTheRuleMeans(string rule, string host, string target, bool expected)
    {
        Assert.True(UrlRule.TryParse(rule, out var parsed, out _));

        var found = new UrlRuleSet([parsed]).Find(Encoding.ASCII.GetBytes(host), Encoding.ASCII.GetBytes(target));

        Assert.Equal(expected, found is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/path-only")]
    [InlineData("a..b")]
    [InlineData("*")]
    [InlineData("exa mple.jp")]
    public void TryParse_WhatIsNoRule_SaysWhy(string text)
    {
        Assert.False(UrlRule.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
