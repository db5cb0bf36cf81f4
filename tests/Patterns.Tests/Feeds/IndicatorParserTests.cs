using FsCheck.Xunit;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Tests.Feeds;

public sealed class IndicatorParserTests
{
    [Theory]
    [InlineData("Evil.Test", "Name", "evil.test")]
    [InlineData(".evil.test", "Name", "evil.test")]
    [InlineData("192.0.2.1", "Address", "192.0.2.1")]
    [InlineData("192.0.2.77/24", "Address", "192.0.2.0/24")]
    [InlineData("2001:DB8::1", "Address", "2001:db8::1")]
    [InlineData("2001:db8::/32", "Address", "2001:db8::/32")]
    [InlineData("192.0.2.1:443", "Endpoint", "192.0.2.1:443")]
    [InlineData("[2001:db8::1]:443", "Endpoint", "2001:db8::1:443")]
    [InlineData("http://192.0.2.1", "Endpoint", "192.0.2.1:80")]
    [InlineData("https://192.0.2.1/", "Endpoint", "192.0.2.1:443")]
    [InlineData("http://192.0.2.1:8080", "Endpoint", "192.0.2.1:8080")]
    [InlineData("http://192.0.2.1:8080/x", "Url", "192.0.2.1/x")]
    [InlineData("evil.test/gate.php?id=1", "Url", "evil.test/gate.php?id=1")]
    [InlineData("HTTPS://Evil.test/Path/", "Url", "evil.test/Path")]
    [InlineData("http://evil.test", "Url", "evil.test/")]
    [InlineData("evil.test/", "Url", "evil.test/")]
    [InlineData("evil.test?a=b", "Url", "evil.test/?a=b")]
    public void Parse_OfEachForm_GivesItsNormalForm(string text, string kind, string expected)
    {
        Assert.Null(IndicatorParser.Parse(text, out var indicator));
        Assert.Equal((kind, expected), (indicator.Kind.ToString(), indicator.ToString()));
    }

    [Theory]
    [InlineData("", DropReason.Malformed)]
    [InlineData("/gate.php", DropReason.PathWithoutHost)]
    [InlineData("evil.test:8080", DropReason.NameWithPort)]
    [InlineData("*.evil.test", DropReason.Wildcard)]
    [InlineData("evil.test/*/gate", DropReason.Wildcard)]
    [InlineData(@"evil[0-9]+\.(test|example)", DropReason.Expression)]
    [InlineData("192.0.2.1:70000", DropReason.Malformed)]
    [InlineData("192.0.2.1:0", DropReason.Malformed)]
    [InlineData("192.0.2.1::80", DropReason.Malformed)]
    [InlineData("192.0.2.1:22:443", DropReason.Malformed)]
    [InlineData("192.0.2.256", DropReason.Malformed)]
    [InlineData("192.0.2", DropReason.Malformed)]
    [InlineData("ftp://evil.test", DropReason.Malformed)]
    [InlineData("evil.test/a b", DropReason.Malformed)]
    [InlineData("[2001:db8::1:443", DropReason.Malformed)]
    [InlineData("evil test", DropReason.Malformed)]
    public void Parse_OfUnusableEntry_SaysWhy(string text, DropReason reason) =>
        Assert.Equal(reason, IndicatorParser.Parse(text, out _));

    [Property(MaxTest = 5000)]
    public bool Parse_OfAnyText_GivesAnEntryThatReadsAsItself(string? text) =>
        IndicatorParser.Parse(text ?? "", out var indicator) is not null
        || (IndicatorParser.Parse(indicator.ToString(), out var again) is null && again.Kind == indicator.Kind);
}
