using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Tests.Feeds;

/// <summary>Formats of one entry per line.</summary>
public sealed class ListFormatTests : IDisposable
{
    private readonly FeedBench _bench = new();

    [Fact]
    public void Adblock_TakesHostsAndCountsWhatIsForBrowsersOnly()
    {
        var (pack, report) = _bench.Open("adblock", FeedSamples.Adblock);
        using var opened = pack;

        Assert.Single(pack.Name("shop.test"));
        Assert.Single(pack.Name("x.wild.test"));
        Assert.Single(pack.Url("host.test", "/banner/1"));
        Assert.Empty(pack.Name("third.test"));
        Assert.Equal(3, report.Kept);
        Assert.Equal(1, report.Dropped[DropReason.Cosmetic]);
        Assert.Equal(1, report.Dropped[DropReason.Unsupported]);
        Assert.Equal(1, report.Dropped[DropReason.Expression]);
        Assert.Equal(2, report.Dropped[DropReason.NoBlock]);
    }

    [Theory]
    [InlineData("good.ads.test")]
    [InlineData("ads.test")]
    [InlineData("fine.test")]
    [InlineData("below.fine.test")]
    public void Adblock_WithException_BlocksNeitherItNorWhatHoldsItNorWhatIsBelow(string name)
    {
        var (pack, report) = _bench.Open("adblock", FeedSamples.Adblock);
        using var opened = pack;

        Assert.Empty(pack.Name(name));
        Assert.Equal(3, report.Dropped[DropReason.Excepted]);
    }

    [Fact]
    public void Dnsmasq_TakesNamesThatGoNowhere()
    {
        var (pack, report) = _bench.Open("dnsmasq", FeedSamples.Dnsmasq);
        using var opened = pack;

        Assert.All(new[] { "a.test", "b.test", "c.test", "d.test", "e.test" }, name => Assert.Single(pack.Name(name)));
        Assert.Equal((9, 5), (report.Read, report.Kept));
        Assert.Equal((2, 1, 1), (report.Dropped[DropReason.NoBlock], report.Dropped[DropReason.Unsupported], report.Dropped[DropReason.Malformed]));
    }

    [Fact]
    public void Unbound_TakesZonesAndDataThatGoNowhere()
    {
        var (pack, report) = _bench.Open("unbound", FeedSamples.Unbound);
        using var opened = pack;

        Assert.All(new[] { "a.test", "b.test", "c.test" }, name => Assert.Single(pack.Name(name)));
        Assert.Equal((8, 3), (report.Read, report.Kept));
        Assert.Equal(["feed:6", "feed:7", "feed:8", "feed:9"], report.Complaints.Select(complaint => $"{complaint.File}:{complaint.Line}"));
    }

    [Fact]
    public void Wildcards_TakeTheDomainBehindTheStar()
    {
        var (pack, report) = _bench.Open("wildcards", "*.a.test\nb.test\nads*.c.test\n");
        using var opened = pack;

        Assert.Single(pack.Name("x.a.test"));
        Assert.Single(pack.Name("b.test"));
        Assert.Equal(DropReason.Wildcard, report.Complaints.Single().Reason);
    }

    [Fact]
    public void Addresses_TakePrefixesOfBothFamilies()
    {
        var (pack, report) = _bench.Open("addresses", FeedSamples.Addresses);
        using var opened = pack;

        Assert.All(new[] { "192.0.2.200", "2001:db8:1:2::3", "198.51.100.7", "2001:db8::7" }, address => Assert.Single(pack.Address(address)));
        Assert.Empty(pack.Address("2001:db8:2::1"));
        Assert.Equal((6, 4), (report.Read, report.Kept));
    }

    [Fact]
    public void Fingerprints_AreFoundByKindAndNameTheirFamily()
    {
        var (pack, report) = _bench.Open("fingerprints", FeedSamples.Fingerprints);
        using var opened = pack;

        Assert.Equal(["trick-bot"], pack.Fingerprint(FingerprintKind.Ja3, FeedSamples.Ja3));
        Assert.Equal(["unknown"], pack.Fingerprint(FingerprintKind.Ja4, FeedSamples.Ja4));
        Assert.Equal(["unknown"], pack.Fingerprint(FingerprintKind.Certificate, FeedSamples.Sha1));
        Assert.Empty(pack.Fingerprint(FingerprintKind.Certificate, FeedSamples.Ja3));
        Assert.True(pack.HasFingerprints);
        Assert.False(pack.HasFiles);
        Assert.Equal((4, 3), (report.Read, report.Kept));
    }

    [Fact]
    public void FileHashes_OfEachLength_AreFound()
    {
        var (pack, report) = _bench.Open("fileHashes", FeedSamples.FileHashes);
        using var opened = pack;

        Assert.Equal(["eicar-test-signature"], pack.File(FeedSamples.Md5));
        Assert.Equal(["unknown"], pack.File(FeedSamples.Sha1));
        Assert.Equal(["eicar.test"], pack.File(FeedSamples.Sha256));
        Assert.Empty(pack.File(new string('0', 64)));
        Assert.Equal([5, 6], report.Complaints.Select(complaint => complaint.Line));
    }

    [Fact]
    public void SuricataRules_AreCarriedAsTheyAre()
    {
        var (pack, report) = _bench.Open("suricataRules", FeedSamples.Rules);
        using var opened = pack;

        Assert.Equal(
            "# feed\nalert http any any -> any any (msg:\"sid:9; in text\"; content:\"a\\\"b\"; sid:2; rev:1;)\n"
            + "alert tcp any any -> any any (msg:\"joined\"; sid:3;)\n", pack.Rules);
        Assert.Equal((5, 2), (report.Read, report.Kept));
        Assert.Equal((1, 2), (report.Dropped[DropReason.Duplicate], report.Dropped[DropReason.Malformed]));
    }

    public void Dispose() => _bench.Dispose();
}
