using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Feeds;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Compiling;

/// <summary>The sources under deploy/patterns, as delivered.</summary>
public sealed class StarterSourcesTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public void Build_OfStarterSources_KeepsEveryEntry()
    {
        var (_, report) = _shop.Build(Repository.StarterSources);

        Assert.All(report.Sources, source => Assert.Empty(source.Dropped));
        Assert.All(report.Sources, source => Assert.Null(source.Failure));
    }

    [Theory]
    [InlineData("obs.line-scdn.net", "line")]
    [InlineData("app.slack.com", "slack")]
    [InlineData("teams.microsoft.com", "teams")]
    [InlineData("us02web.zoom.us", "zoom")]
    [InlineData("www.chatwork.com", "chatwork")]
    [InlineData("meet.google.com", "googlemeet")]
    [InlineData("r3---sn-abc.googlevideo.com", "youtube")]
    [InlineData("www.nicovideo.jp", "niconico")]
    [InlineData("abs.twimg.com", "twitter")]
    [InlineData("relay-1.net.anydesk.com", "anydesk")]
    [InlineData("router3.teamviewer.com", "teamviewer")]
    [InlineData("example.cybozu.com", "cybozu")]
    [InlineData("api.anthropic.com", "claude")]
    [InlineData("61.gigafile.nu", "gigafile")]
    public void FindName_InStarterPack_NamesTheApplication(string name, string application)
    {
        using var pack = _shop.Open(_shop.Build(Repository.StarterSources).Pack);
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        var found = matches[..pack.FindName(System.Text.Encoding.ASCII.GetBytes(name), matches)].ToArray();

        var first = found.Select(match => pack.Label(match.Label)).First(label => label.Kind == PatternKind.Application);

        Assert.Equal(application, first.Name);
    }

    [Fact]
    public void Catalogue_OfStarterPack_NamesEveryLabelInBothLanguages()
    {
        using var pack = _shop.Open(_shop.Build(Repository.StarterSources).Pack);

        Assert.True(pack.Catalogue.Applications.Count >= 150);
        Assert.All(pack.Catalogue.Applications, application => Assert.NotNull(pack.Catalogue.Group(application.Group)));
        Assert.All(pack.Labels.Where(label => label.Kind == PatternKind.Category), label => Assert.NotNull(pack.Catalogue.Category(label.Name)));
        Assert.All(pack.Labels.Where(label => label.Kind == PatternKind.Application), label => Assert.NotNull(pack.Catalogue.Application(label.Name)));
        Assert.Equal(("ギャンブル", "Gambling"), (pack.Catalogue.Category("gambling")?.Name.Ja, pack.Catalogue.Category("gambling")?.Name.En));
    }

    [Fact]
    public void TestIndicators_AreFoundInEachForm()
    {
        using var pack = _shop.Open(_shop.Build(Repository.StarterSources).Pack);
        var set = PatternSet.Combine(pack);

        Assert.Equal("msl-test-c2", set.Name("beacon.c2.msl-patterns.test")[0].Label);
        Assert.Equal("msl-test-rat", set.Name("rat.msl-patterns.test")[0].Label);
        Assert.Equal("msl-test-c2", set.Address("192.0.2.66", 8443)[0].Label);
        Assert.Equal("msl-test-c2", set.Address("198.51.100.66", 4444)[0].Label);
        Assert.Empty(set.Address("198.51.100.66", 443));
        Assert.Equal("msl-test-c2", set.Address("203.0.113.70", 443)[0].Label);
        Assert.Equal("msl-test-c2", set.Address("2001:db8::c2", 443)[0].Label);
        Assert.Equal("msl-test-c2", set.Url("web.msl-patterns.test", "/gate.php?id=1")[0].Label);
        Assert.Equal("gambling", set.Name("casino.msl-patterns.test")[0].Label);
        Assert.Equal("msl-test-app", set.Name("app.msl-patterns.test")[0].Label);
        Assert.Empty(set.Name("msl-patterns.test"));
    }

    [Fact]
    public void FeedList_NamesFilesAndCategoriesThatExist()
    {
        var feeds = _shop.Path("feeds");
        Directory.CreateDirectory(Path.Combine(feeds, "maltrail/static"));
        Directory.CreateDirectory(Path.Combine(feeds, "ut1"));
        _shop.Write("feeds/maltrail/data/whitelist.txt", "\n");
        Assert.SkipUnless(File.Exists("/usr/share/publicsuffix/public_suffix_list.dat"), "Debian's package publicsuffix is not installed");

        var list = MediaSecurityLite.Patterns.Compiling.SourceList.Load(
            [Repository.StarterSources, Repository.FeedSources], new Dictionary<string, string> { ["feeds"] = feeds });

        Assert.Contains(list.Sources, source => source.Entry.Format == FeedFormat.Ut1);
    }

    public void Dispose() => _shop.Dispose();
}
