using MediaSecurityLite.Patterns.Names;

namespace MediaSecurityLite.Patterns.Tests.Names;

public sealed class PublicSuffixesTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Theory]
    [InlineData("jp", "Registry")]
    [InlineData("co.jp", "Registry")]
    [InlineData("com.cn", "Registry")]
    [InlineData("example.co.jp", "None")]
    [InlineData("t.co", "None")]
    [InlineData("example.com", "None")]
    public void Kind_WithoutList_KnowsTheUsualSecondLevels(string name, string expected) =>
        Assert.Equal(expected, PublicSuffixes.BuiltIn.Kind(name).ToString());

    [Theory]
    [InlineData("jp", "Registry")]
    [InlineData("co.jp", "Registry")]
    [InlineData("kobe.jp", "None")]
    [InlineData("foo.kobe.jp", "Registry")]
    [InlineData("city.kobe.jp", "None")]
    [InlineData("example.co.jp", "None")]
    [InlineData("host.test", "Operator")]
    [InlineData("customer.host.test", "None")]
    [InlineData("vm.cloud.test", "None")]
    [InlineData("unlisted", "Registry")]
    public void Kind_WithList_FollowsItsRules(string name, string expected)
    {
        var list = _shop.Write("suffixes.dat", """
            // ===BEGIN ICANN DOMAINS===
            jp
            co.jp
            *.kobe.jp
            !city.kobe.jp
            // ===END ICANN DOMAINS===
            // ===BEGIN PRIVATE DOMAINS===
            host.test
            *.cloud.test
            // ===END PRIVATE DOMAINS===
            """);

        Assert.Equal(expected, PublicSuffixes.Read(list).Kind(name).ToString());
    }

    public void Dispose() => _shop.Dispose();
}
