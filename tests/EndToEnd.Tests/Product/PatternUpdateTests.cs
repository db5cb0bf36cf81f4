using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.EndToEnd.Tests.Product;

/// <summary>A newer pack on its way from the tool that builds it to a running gateway, with the real programs.</summary>
public sealed class PatternUpdateTests
{
    private const string Newer = "9999.1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Release_WhileTheGatewayRuns_IsInstalledAndDetectsWhatOnlyItLists()
    {
        Requires.NetworkLab();
        var lab = await NetworkLab.StartAsync(Time, Cancel);
        await using var stage = await ProductStage.SetUpAsync(lab, new StageOptions(), Time, Cancel);
        var repository = await PatternSetup.PublishAsync(stage.Gateway, Newer, Sites.BlockedCategory, Sites.News.Host, Cancel);
        await stage.StartCenterAsync(Cancel);
        var start = Time.GetUtcNow();
        await stage.StartGatewayAsync();
        await stage.WaitForHeartbeatAsync(start, Patience, Cancel);

        // What comes after it is detected, so what came before it was not.
        await lab.Terminal.PlayAsync(Scenario.Browse, _ => { }, Cancel);
        await lab.Terminal.PlayAsync(Scenario.Category, _ => { }, Cancel);
        await stage.Page.WaitForRowAsync(Patience, Cancel, "カテゴリ", Sites.Casino.Host);
        Assert.DoesNotContain(await stage.Page.ReadAsync(Cancel), row => row.Text.Contains(Sites.News.Host, StringComparison.Ordinal));

        await stage.Center.AdministerAsync(["patterns", "import", repository], Cancel);
        await stage.Center.AdministerAsync(["patterns", "release", "starter", Newer, "--channel", "stable"], Cancel);
        await stage.Page.WaitForRowAsync(Patience, Cancel, $"starter {Newer}", "配信完了", "100 % 1 0 0");
        await stage.Page.WaitForRowAsync(Patience, Cancel, ProductStage.CustomerName, Newer);

        await lab.Terminal.PlayAsync(Scenario.Browse, _ => { }, Cancel);
        await stage.Page.WaitForRowAsync(Patience, Cancel, "カテゴリ", Sites.News.Host, Sites.BlockedCategory);
    }
}
