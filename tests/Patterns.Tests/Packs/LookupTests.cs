using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Packs;

public sealed class LookupTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Theory]
    [InlineData("evil.test", 9)]
    [InlineData("www.evil.test", 9)]
    [InlineData("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.1.2.3.4.5.6.7.8.9.evil.test", 9)]
    [InlineData("notevil.test", 0)]
    [InlineData("test", 0)]
    [InlineData("evil.test.example", 0)]
    [InlineData("", 0)]
    [InlineData(".", 0)]
    [InlineData("..", 0)]
    public void FindName_OfOneEntry_FindsItAndWhatIsBelow(string name, int length)
    {
        using var pack = _shop.OpenTrails("evil.test");

        Assert.Equal(length == 0 ? [] : [("family", length)], pack.Name(name));
    }

    [Fact]
    public void FindName_WithSeveralLabels_MostSpecificFirstAndAsManyAsThereIsRoom()
    {
        _shop.Write("b.txt", "c2.host.test\n");
        _shop.Write("a.txt", "host.test\nc2.host.test\n");
        var list = _shop.Write("sources.json", """
            { "sources": [
              { "id": "a", "format": "domains", "path": "a.txt", "licence": "MIT", "kind": "Application", "name": "host" },
              { "id": "b", "format": "domains", "path": "b.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "bad" } ] }
            """);
        using var pack = _shop.Open(_shop.Build(list).Pack);

        Assert.Equal([("bad", 12), ("host", 9)], pack.Name("x.c2.host.test"));
        Assert.Equal([("bad", 12)], pack.Name("x.c2.host.test", room: 1));
        Assert.Equal([], pack.Name("x.c2.host.test", room: 0));
    }

    [Theory]
    [InlineData("192.0.2.1", 443, "33")]
    [InlineData("192.0.2.1", 80, "")]
    [InlineData("192.0.2.2", 80, "32")]
    [InlineData("192.0.2.3", 443, "33,32")]
    [InlineData("192.0.2.3", 0, "32")]
    [InlineData("198.51.100.77", 1, "26,24")]
    [InlineData("198.51.100.1", 1, "24")]
    [InlineData("198.51.101.0", 1, "")]
    [InlineData("198.51.99.255", 1, "")]
    [InlineData("2001:db8::1", 53, "129")]
    [InlineData("2001:db8::1", 54, "")]
    [InlineData("2001:db8:1:2::3", 54, "48")]
    public void FindAddress_OfAddressPortAndPrefix_FindsWhatHoldsIt(string address, int port, string lengths)
    {
        _shop.Write("other.txt", "192.0.2.3\n198.51.100.64/26\n");
        var list = _shop.Write("sources.json", """
            { "sources": [
              { "id": "feed", "format": "trails", "path": "trails.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "family" },
              { "id": "other", "format": "trails", "path": "other.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "other" } ] }
            """);
        _shop.Write("trails.txt", "192.0.2.1:443\n192.0.2.2\n192.0.2.3:443\n198.51.100.0/24\n[2001:db8::1]:53\n2001:db8:1::/48\n");
        using var pack = _shop.Open(_shop.Build(list).Pack);

        Assert.Equal(lengths, string.Join(',', pack.Address(address, (ushort)port).Select(match => match.Length)));
    }

    [Theory]
    [InlineData("host.test", "/a/b", 4)]
    [InlineData("www.host.test", "/a/b", 4)]
    [InlineData("host.test", "/a/b/", 4)]
    [InlineData("host.test", "/a/b/c?d", 4)]
    [InlineData("host.test", "/a/b?d=1", 4)]
    [InlineData("host.test", "/a/bc", 0)]
    [InlineData("host.test", "/A/b", 0)]
    [InlineData("host.test", "/a", 0)]
    [InlineData("host.test", "/", 0)]
    [InlineData("sub.host.test", "/a/b", 0)]
    [InlineData("host.test", "/gate.php?id=7&x=1", 13)]
    [InlineData("host.test", "/gate.php?idx=7", 0)]
    [InlineData("all.test", "/", 1)]
    [InlineData("all.test", "/any/thing", 1)]
    [InlineData("sub.all.test", "/any/thing", 0)]
    [InlineData("192.0.2.9", "/x/y", 2)]
    [InlineData("q.test", "/?k=v&w=z", 5)]
    [InlineData("q.test", "/?k=vw", 0)]
    [InlineData("host.test", "", 0)]
    [InlineData("host.test", "*", 0)]
    public void FindUrl_OfPathEntry_MatchesWholeSegmentsOnly(string host, string target, int length)
    {
        using var pack = _shop.OpenTrails("host.test/a/b/\nhttp://www.host.test:8080/gate.php?id=\nhttp://all.test\n192.0.2.9/x\nq.test?k=v\n");

        Assert.Equal(length == 0 ? [] : [("family", length)], pack.Url(host, target));
    }

    [Fact]
    public void FindUrl_WithEndlessTarget_LooksAtItsBeginning()
    {
        using var pack = _shop.OpenTrails("host.test/a\n");

        Assert.Single(pack.Url("host.test", "/a/" + new string('x', 100_000)));
        Assert.Empty(pack.Url("host.test", string.Concat(Enumerable.Repeat("/b", 50_000))));
        Assert.Empty(pack.Url(new string('h', 10_000), "/a"));
    }

    [Fact]
    public void Find_OfAnything_AllocatesNothing()
    {
        using var pack = _shop.OpenTrails("evil.test\n192.0.2.1:443\n198.51.100.0/24\nhost.test/a\n");
        var set = PatternSet.Combine(pack, pack);
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        Round(set, matches);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Round(set, matches);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Combine_OfTwoPacks_NumbersLabelsThroughAndSortsAcrossPacks()
    {
        using var first = _shop.OpenTrails("host.test\n");
        _shop.Write("other.txt", "c2.host.test\n");
        var list = _shop.Write("other.json", """
            { "sources": [ { "id": "other", "format": "domains", "path": "other.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "rat" } ] }
            """);
        using var second = _shop.Open(_shop.Build(list, "1.2").Pack);

        var set = PatternSet.Combine(first, second);

        Assert.Equal([("rat", 12), ("family", 9)], set.Name("c2.host.test"));
        Assert.Equal("1.2", set.Version);
        Assert.Same(second, set.PackOf(1));
        Assert.Equal("", PatternSet.Empty.Version);
        Assert.Empty(PatternSet.Empty.Name("c2.host.test"));
    }

    public void Dispose() => _shop.Dispose();

    private static void Round(PatternSet set, Span<PatternMatch> matches)
    {
        Assert.True(set.FindName("www.evil.test"u8, matches) == 2);
        Assert.True(set.FindAddress(IpAddress.FromV4(0xc0000201), 443, matches) == 2);
        Assert.True(set.FindUrl("host.test"u8, "/a/b"u8, matches) == 2);
    }
}
