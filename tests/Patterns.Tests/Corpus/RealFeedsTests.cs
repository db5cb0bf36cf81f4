using System.Globalization;
using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Feeds;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Corpus;

/// <summary>Some two million entries of real feeds, where they are at hand beside the repository.</summary>
public sealed class RealFeedsTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public void Build_OfRealFeeds_LosesNothingAndInventsNothing()
    {
        Assert.SkipUnless(Repository.Feeds is not null, "../shared/corpus/dev/feeds is not beside the repository");
        Assert.SkipUnless(File.Exists("/usr/share/publicsuffix/public_suffix_list.dat"), "Debian's package publicsuffix is not installed");
        var list = SourceList.Load(
            [Repository.StarterSources, Repository.FeedSources], new Dictionary<string, string> { ["feeds"] = Repository.Feeds });
        var (bytes, report) = _shop.Build(list);
        using var pack = _shop.Open(bytes);

        var check = new EveryEntryIsFound(pack, new EntryFilter(list));
        foreach (var source in list.Sources)
        {
            check.Except = source.Except;
            source.Reader.Read(source.Feed, check);
        }

        var overruled = report.Sources.Sum(source => source.Dropped.GetValueOrDefault(DropReason.Conflict));
        Assert.True(check.Lost.Count == overruled, $"{overruled} entries were overruled, {check.Lost.Count} are not found: {string.Join(", ", check.Lost.Take(20))}");
        Assert.True(check.Found > 1_000_000);
        Assert.True(report.NameBytes <= 12L * report.Names, $"{report.NameBytes} bytes for {report.Names} names");
        Assert.Equal(0, Invented(pack));
    }

    public void Dispose() => _shop.Dispose();

    /// <summary>Asks for 100,000 names under a suffix that no feed lists.</summary>
    private static int Invented(PatternPack pack)
    {
        var random = new Random(20261122);
        var matches = new PatternMatch[IPatternSet.MaxMatches];
        return Enumerable.Range(0, 100_000).Count(i => pack.FindName(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x}.n{i}.invalid")), matches) > 0);
    }

    /// <summary>Reads the sources once more and asks the pack for each entry that the filter lets through.</summary>
    private sealed class EveryEntryIsFound(PatternPack pack, EntryFilter filter) : IFeedSink
    {
        private readonly PatternMatch[] _matches = new PatternMatch[64];

        public HitList Except { get; set; } = new();

        public int Found { get; private set; }

        /// <summary>Entries that are not found with what their source says of them; those that other sources overrule among them.</summary>
        public HashSet<string> Lost { get; } = [];

        public void Add(in Indicator indicator, PatternLabel label, FeedPlace place)
        {
            if (filter.Check(indicator, label, Except) is not null)
            {
                return;
            }

            var count = indicator.Kind switch
            {
                IndicatorKind.Name => pack.FindName(Encoding.ASCII.GetBytes(indicator.Text), _matches),
                IndicatorKind.Url => pack.FindUrl(
                    Encoding.ASCII.GetBytes(indicator.Text), Encoding.ASCII.GetBytes(indicator.Path.Length == 0 ? "/" : indicator.Path), _matches),
                _ => pack.FindAddress(indicator.Prefix.First, indicator.Port, _matches),
            };
            if (Array.Exists(_matches[..count], match => pack.Label(match.Label) == label))
            {
                Found++;
            }
            else
            {
                Lost.Add($"{label} {indicator}");
            }
        }

        public void AddRule(long id, string rule, FeedPlace place) => Assert.Fail("these feeds have no rules");

        public void Drop(DropReason reason, FeedPlace place, ReadOnlySpan<char> text)
        {
        }
    }
}
