using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Tests.Compiling;

public sealed class PatternCompilerTests : IDisposable
{
    private readonly Workshop _shop = new();

    /// <summary>Names of few labels from a small alphabet, so that parents and near misses are frequent.</summary>
    public static Gen<string> Name { get; } =
        from labels in Gen.Elements("a", "b", "ab", "ba", "a-b", "x1").ListOf(4)
        from depth in Gen.Choose(1, 4)
        select string.Join('.', labels.Take(depth)) + ".test";

    [Property(MaxTest = 100)]
    public Property FindName_OfAnyNames_FindsTheseWithWhatIsBelowAndNoOthers() => Prop.ForAll(
        Name.ListOf().ToArbitrary(), Name.ListOf(50).ToArbitrary(), (kept, asked) =>
        {
            using var pack = _shop.OpenTrails(string.Join('\n', kept));
            return asked.Concat(kept).All(name =>
                (pack.Name(name).Length > 0) == kept.Any(entry => name == entry || name.EndsWith("." + entry, StringComparison.Ordinal)));
        });

    [Fact]
    public void Build_OfTheSameSourcesInAnyOrder_GivesTheSameBytes()
    {
        var first = _shop.Build(_shop.WriteTrails("a.test\nb.test\n192.0.2.1:443\nh.test/p\n198.51.100.0/24\n")).Pack;
        var second = _shop.Build(_shop.WriteTrails("198.51.100.0/24\nh.test/p\nb.test\n192.0.2.1:443\na.test\n")).Pack;

        Assert.Equal(first, second);
    }

    [Fact]
    public void Build_WithParentAndChildOfOneLabel_KeepsTheParent()
    {
        var (_, report) = _shop.Build(_shop.WriteTrails("a.b.test\nb.test\nx.b.test\nb.test\n192.0.2.1:80\n192.0.2.1\nh.test/a/b\nh.test/a\n"));

        Assert.Equal((1, 1, 1), (report.Names, report.Endpoints, report.Urls));
        Assert.Equal((4, 1), (report.Sources[0].Dropped[DropReason.Covered], report.Sources[0].Dropped[DropReason.Duplicate]));
        Assert.Equal(3, report.Sources[0].Kept);
    }

    [Fact]
    public void Build_WithParentAndChildOfDifferentSources_KeepsBoth()
    {
        _shop.Write("one.txt", "b.test\n");
        _shop.Write("two.txt", "a.b.test\nb.test\n");
        var list = _shop.Write("sources.json", """
            { "sources": [
              { "id": "one", "format": "domains", "path": "one.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "f" },
              { "id": "two", "format": "domains", "path": "two.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "g" } ] }
            """);
        using var pack = _shop.Open(_shop.Build(list).Pack);

        Assert.Equal([("f", 6), ("g", 6)], pack.Name("a.b.test"));
    }

    [Theory]
    [InlineData("co.jp", DropReason.PublicSuffix)]
    [InlineData("jp", DropReason.PublicSuffix)]
    [InlineData("co.jp/", DropReason.PublicSuffix)]
    [InlineData("10.1.2.3", DropReason.PrivateAddress)]
    [InlineData("192.168.0.1:80", DropReason.PrivateAddress)]
    [InlineData("8.0.0.0/5", DropReason.PrivateAddress)]
    [InlineData("::1", DropReason.PrivateAddress)]
    [InlineData("fe80::1", DropReason.PrivateAddress)]
    [InlineData("224.0.0.251", DropReason.PrivateAddress)]
    [InlineData("bank.test", DropReason.NeverBlock)]
    [InlineData("http://www.bank.test/", DropReason.NeverBlock)]
    [InlineData("203.0.113.53:53", DropReason.NeverBlock)]
    [InlineData("203.0.113.0/24", DropReason.NeverBlock)]
    public void Build_WithEntryThatWouldHitTheWrongOnes_RefusesIt(string entry, DropReason reason)
    {
        _shop.Write("never.txt", "www.bank.test\n203.0.113.53\n");

        var (_, report) = _shop.Build(_shop.WriteTrails(entry, "\"neverBlock\": [\"never.txt\"],"));

        Assert.Equal(reason, report.Sources[0].Complaints.Single().Reason);
        Assert.Equal(0, report.Sources[0].Kept);
    }

    [Theory]
    [InlineData("c2.www.bank.test")]
    [InlineData("www.bank.test/phish")]
    [InlineData("203.0.113.54")]
    public void Build_WithEntryBelowWhatIsNeverBlocked_KeepsIt(string entry)
    {
        _shop.Write("never.txt", "www.bank.test\n203.0.113.53\n");

        Assert.Equal(1, _shop.Build(_shop.WriteTrails(entry, "\"neverBlock\": [\"never.txt\"],")).Report.Sources[0].Kept);
    }

    [Fact]
    public void Build_WithTooDeepOrTooLongEntries_RefusesThem()
    {
        var deep = string.Join('.', Enumerable.Repeat("a", 40)) + ".test";
        var longUrl = "h.test/" + new string('x', 2000);

        var (_, report) = _shop.Build(_shop.WriteTrails($"{deep}\n{longUrl}\n"));

        Assert.Equal(2, report.Sources[0].Dropped[DropReason.TooLong]);
    }

    [Fact]
    public void Build_WithoutEntries_GivesAPackThatFindsNothing()
    {
        using var pack = _shop.OpenTrails("# nothing\n");

        Assert.Empty(pack.Name("evil.test"));
        Assert.Empty(pack.Address("192.0.2.1", 80));
        Assert.Empty(pack.Url("evil.test", "/"));
    }

    public void Dispose() => _shop.Dispose();
}
