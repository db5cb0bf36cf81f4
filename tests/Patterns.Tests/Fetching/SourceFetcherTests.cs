using System.Globalization;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.PatternTool.Fetching;
using Microsoft.AspNetCore.Http;

namespace MediaSecurityLite.Patterns.Tests.Fetching;

public sealed class SourceFetcherTests : IAsyncLifetime
{
    private readonly Workshop _shop = new();
    private readonly SteppedTime _time = new();
    private FeedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FeedServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _shop.Dispose();
    }

    [Fact]
    public async Task Fetch_OfANewSource_BringsIt()
    {
        _server.Serve(Names(10), "\"one\"");

        var outcome = await FetchAsync();

        Assert.Equal((FetchResult.Updated, 10), (outcome.Result, outcome.Entries));
        Assert.Equal(Names(10), Copy());
    }

    [Fact]
    public async Task Fetch_AgainBeforeItIsDue_AsksNobody()
    {
        _server.Serve(Names(10), "\"one\"");
        await FetchAsync();
        _time.Step(TimeSpan.FromMinutes(59));

        Assert.Equal(FetchResult.NotDue, (await FetchAsync()).Result);
        Assert.Single(_server.Requests);
        Assert.Equal(FetchResult.Unchanged, (await FetchAsync(isForced: true)).Result);
    }

    [Fact]
    public async Task Fetch_OfWhatHasNotChanged_AsksWithTheTagAndDownloadsNothing()
    {
        _server.Serve(Names(10), "\"one\"");
        await FetchAsync();
        _time.Step(TimeSpan.FromHours(2));

        var outcome = await FetchAsync();

        Assert.Equal((FetchResult.Unchanged, 10), (outcome.Result, outcome.Entries));
        Assert.Equal("\"one\"", _server.Requests[^1].Tag);
    }

    [Theory]
    [InlineData(4, "shrank from 10 to 4")]
    [InlineData(31, "grew from 10 to 31")]
    [InlineData(0, "no usable entry")]
    public async Task Fetch_OfWhatIsNotBelievable_KeepsTheLastGoodCopyAndSaysSo(int entries, string reason)
    {
        _server.Serve(Names(10), "\"one\"");
        await FetchAsync();
        _time.Step(TimeSpan.FromHours(2));
        _server.Serve(Names(entries), "\"two\"");

        var outcome = await FetchAsync();

        Assert.Equal((FetchResult.KeptLastGood, 10), (outcome.Result, outcome.Entries));
        Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(Names(10), Copy());
        Assert.Equal(["feed.txt", "feed.txt.fetch.json"], Files());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public async Task Fetch_WithinTheBounds_TakesTheNewCopy(int entries)
    {
        _server.Serve(Names(10), "\"one\"");
        await FetchAsync();
        _time.Step(TimeSpan.FromHours(2));
        _server.Serve(Names(entries), "\"two\"");

        Assert.Equal((FetchResult.Updated, entries), (await FetchAsync()) is var outcome ? (outcome.Result, outcome.Entries) : default);
        Assert.Equal(Names(entries), Copy());
    }

    [Fact]
    public async Task Fetch_FromAServerThatFails_TriesThreeTimesAndKeepsTheLastGoodCopy()
    {
        _server.Serve(Names(10), "\"one\"");
        await FetchAsync();
        _time.Step(TimeSpan.FromHours(2));
        _server.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };

        var outcome = await FetchAsync();

        Assert.Equal(FetchResult.KeptLastGood, outcome.Result);
        Assert.Equal(1 + 3, _server.Requests.Count);
        Assert.Equal(Names(10), Copy());
    }

    [Fact]
    public async Task Fetch_FromAServerThatRecovers_BringsIt()
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            _server.Serve(Names(10), "\"one\"");
            return Task.CompletedTask;
        };

        Assert.Equal(FetchResult.Updated, (await FetchAsync()).Result);
    }

    [Fact]
    public async Task Fetch_OfWhatIsRefused_DoesNotAskAgain()
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };

        var outcome = await FetchAsync();

        Assert.Equal(FetchResult.Missing, outcome.Result);
        Assert.Single(_server.Requests);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Fetch_OfEndlessData_StopsAtTheBound()
    {
        _server.Answer = async context =>
        {
            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        };

        var outcome = await FetchAsync();

        Assert.Equal(FetchResult.Missing, outcome.Result);
        Assert.Contains("larger than 100000 bytes", outcome.Reason, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Fetch_OfDataThatNeverEnds_StopsInTime()
    {
        _server.Answer = async context =>
        {
            await context.Response.WriteAsync("a.test\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var outcome = await FetchAsync(timeout: "00:00:00.3");

        Assert.Equal(FetchResult.Missing, outcome.Result);
        Assert.Contains("not all of it came", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_FromAServerWithAnotherCertificate_Refuses()
    {
        _server.Serve(Names(10), "\"one\"");
        using var client = new HttpClient();

        var outcome = await FetchAsync(client: client);

        Assert.Equal(FetchResult.Missing, outcome.Result);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public void Load_OfASourceWithoutHttps_IsAFault()
    {
        var list = List("http://feeds.test/feed.txt", "00:01:00");

        var fault = Assert.Throws<SourceListException>(() => SourceList.Load([list], new Dictionary<string, string>(), forFetching: true));

        Assert.Contains("is no https URL", fault.Message, StringComparison.Ordinal);
    }

    private static string Names(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"n{i}.test\n")));

    private string Copy() => File.ReadAllText(_shop.Path("copies/feed.txt"));

    private string[] Files() => Directory.Exists(_shop.Path("copies"))
        ? [.. Directory.EnumerateFiles(_shop.Path("copies")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
        : [];

    private string List(string url, string timeout) => _shop.Write("sources.json", $$"""
        { "sources": [ { "id": "feed", "format": "domains", "path": "copies/feed.txt", "url": "{{url}}", "every": "01:00:00", "timeout": "{{timeout}}",
          "maxBytes": 100000, "licence": "MIT", "kind": "CommandAndControl", "name": "f" } ] }
        """);

    private async Task<FetchOutcome> FetchAsync(bool isForced = false, string timeout = "00:01:00", HttpClient? client = null)
    {
        var list = SourceList.Load([List(_server.Url, timeout)], new Dictionary<string, string>(), forFetching: true);
        return await new SourceFetcher(client ?? _server.Client, _time, TimeSpan.FromMilliseconds(1))
            .FetchAsync(list.Sources[0], isForced, TestContext.Current.CancellationToken);
    }

    /// <summary>A clock whose day a test moves; timers run as usual.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private TimeSpan _ahead;

        public void Step(TimeSpan by) => _ahead += by;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(56) + _ahead;
    }
}
