using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.EndToEnd.Tests.Inline;

/// <summary>The office keeps its line when the agent dies, hangs, stops or is swept away; and nothing of it stays behind.</summary>
public sealed class NeverTheOutageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_TheLineGoesOn_AndBlocksAgainAfterTheRestart()
    {
        Requires.NetworkLab();
        await using var stage = await StartAsync();
        Assert.Equal("403", await FetchAsync(stage, "forbidden.example"));

        await stage.Gateway.StopAsync(Signals.Kill);
        var whileDown = await FetchAsync(stage, "forbidden.example");
        await stage.StartAsync();

        Assert.Equal("200", whileDown);
        Assert.Equal("403", await FetchAsync(stage, "forbidden.example"));
        Assert.Equal("200", await FetchAsync(stage, "www.office.example"));
    }

    [Fact]
    public async Task Stopped_NothingOfOursIsLeft()
    {
        Requires.NetworkLab();
        await using var stage = await StartAsync();
        var before = await RulesAsync(stage);

        await stage.Gateway.StopAsync(Signals.Terminate);

        Assert.Contains("MSLGW", before, StringComparison.Ordinal);
        Assert.DoesNotContain("mslgw", await RulesAsync(stage), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("200", await FetchAsync(stage, "forbidden.example"));
    }

    [Fact]
    public async Task RulesSweptAway_ComeBack()
    {
        Requires.NetworkLab();
        await using var stage = await StartAsync();

        (await stage.OnGatewayAsync("nft", "flush", "ruleset")).OrThrow();
        Assert.Equal("200", await FetchAsync(stage, "forbidden.example"));

        await stage.Gateway.WaitForLineAsync(line => line.Contains("they are back", StringComparison.Ordinal), Patience, Cancel);
        Assert.Equal("403", await FetchAsync(stage, "forbidden.example"));
    }

    private static async Task<RouterStage> StartAsync()
    {
        var stage = new RouterStage();
        await stage.InitializeAsync();
        return stage;
    }

    private static async Task<string> FetchAsync(RouterStage stage, string host) => (await stage.OnTerminalAsync(
        "curl", "--silent", "--max-time", "5", "--noproxy", "*", "--output", "/dev/null", "--write-out", "%{http_code}",
        "--connect-to", $"{host}::203.0.113.10:", $"http://{host}/")).Output;

    private static async Task<string> RulesAsync(RouterStage stage)
    {
        var all = await stage.OnGatewayAsync("nft", "list", "ruleset");
        var v4 = await stage.OnGatewayAsync("iptables-save", "-t", "mangle");
        var v6 = await stage.OnGatewayAsync("ip6tables-save", "-t", "mangle");
        return all.OrThrow().Output + v4.OrThrow().Output + v6.OrThrow().Output;
    }
}
