using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Explaining;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Tests.Patterns;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Packs;
using DetectionKind = MediaSecurityLite.Inspection.Verdicts.DetectionKind;

namespace MediaSecurityLite.Gateway.Tests.Explaining;

public sealed class ExplainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestPacks _packs;
    private readonly DetectionSnapshot _snapshot;

    public ExplainTests()
    {
        _packs = new TestPacks(_folder.Path);
        var pack = PatternPack.Open(_packs.Write("a.mslpack", "2026.4.1"), _packs.Trusted.Signers).Pack!;
        var policy = new PolicyDocument
        {
            UrlLists = new UrlListPolicy { Allow = ["free.games.example"], Block = ["*.blocked.example", "path.example/secret/*"] },
            Categories = new CategoryPolicy { Block = ["games"] },
        };
        _snapshot = new DetectionSnapshot(PatternSet.Combine(pack), policy.Compile());
    }

    public void Dispose()
    {
        _packs.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("www.evil.example", "CommandAndControl", "evil.example", "test-feed")]
    [InlineData("https://evil.example:8443/x", "CommandAndControl", "evil.example", "test-feed")]
    [InlineData("203.0.113.66", "CommandAndControl", "203.0.113.66", "test-feed")]
    [InlineData("http://url.example/gate.php?id=1", "CommandAndControl", "url.example/gate.php", "test-feed")]
    [InlineData("a.blocked.example", "Url", "*.blocked.example", "policy")]
    [InlineData("path.example/secret/1", "Url", "path.example/secret/*", "policy")]
    [InlineData("games.example", "Category", "games.example", "test-list")]
    public void Ask_SomethingThatARuleSpeaksAbout_NamesTheRule(string text, string kind, string rule, string source)
    {
        Assert.True(ProbeTarget.TryParse(text, out var target));

        var detection = Probe.Ask(target, _snapshot);

        Assert.NotNull(detection);
        Assert.Equal(Enum.Parse<DetectionKind>(kind), detection.Kind);
        Assert.Equal((rule, source), (detection.Rule, detection.RuleSource));
    }

    [Theory]
    [InlineData("innocent.example")]
    [InlineData("blocked.example")]
    [InlineData("path.example/open")]
    [InlineData("free.games.example")]
    [InlineData("203.0.113.67")]
    [InlineData("2001:db8::1")]
    public void Ask_SomethingElse_FindsNothing(string text)
    {
        Assert.True(ProbeTarget.TryParse(text, out var target));

        Assert.Null(Probe.Ask(target, _snapshot));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://evil.example")]
    [InlineData("http://")]
    [InlineData("two words")]
    public void TryParse_NoTarget_IsRefused(string text) => Assert.False(ProbeTarget.TryParse(text, out _));

    [Fact]
    public async Task Explain_Command_PrintsDecisionAndEntries()
    {
        var config = _folder.File("mslgw.json");
        await File.WriteAllTextAsync(_folder.File("policy.json"), """{"urlLists":{"allow":["free.example"],"block":["example"]}}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            config,
            $$"""{ "Patterns:Packs": "{{_packs.Packs}}", "Patterns:Root": "{{_packs.Root}}", "Policy:File": "{{_folder.File("policy.json")}}" }""",
            TestContext.Current.CancellationToken);

        Assert.Contains("C&C server of testbot, rule evil.example of test-feed, pack 2026.4.1", await OutputAsync("explain", "x.evil.example", "--config", config), StringComparison.Ordinal);
        Assert.Contains("passes: it is on the allow list; otherwise blocked", await OutputAsync("explain", "free.example", "--config", config), StringComparison.Ordinal);
        Assert.Contains("version 2026.4.1", await OutputAsync("patterns", "list", "--config", config), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PatternsVerify_DamagedPack_ExitsWith1AndNamesIt()
    {
        var config = _folder.File("mslgw.json");
        await File.WriteAllTextAsync(config, $$"""{ "Patterns:Root": "{{_packs.Root}}" }""", TestContext.Current.CancellationToken);
        var file = _packs.Write("b.mslpack", "2026.4.2");
        TestPacks.Damage(file);
        await using var verify = AgentProcess.Start("patterns", "verify", file, "--config", config);

        Assert.Equal(1, await verify.ExitAsync());
        Assert.Contains(file, verify.Output, StringComparison.Ordinal);
    }

    private static async Task<string> OutputAsync(params string[] arguments)
    {
        await using var program = AgentProcess.Start(arguments);
        Assert.True(await program.ExitAsync() == 0, program.Output);
        return program.Output;
    }
}
