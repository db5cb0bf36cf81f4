using MediaSecurityLite.Contracts;
using MediaSecurityLite.Lab.Captures;
using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.EndToEnd.Tests.Product;

/// <summary>From the packet to the customer's mail, with the real programs.</summary>
public sealed class WholePathTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Infection_PlayedByRealClients_BecomesOneIncidentAndOneMail()
    {
        Requires.NetworkLab();
        var lab = await NetworkLab.StartAsync(Time, Cancel);
        await using var stage = await ProductStage.SetUpAsync(lab, new StageOptions(), Time, Cancel);
        await stage.StartCenterAsync(Cancel);
        var start = Time.GetUtcNow();
        await stage.StartGatewayAsync();
        await stage.WaitForHeartbeatAsync(start, Patience, Cancel);

        foreach (var scenario in Scenario.All)
        {
            await lab.Terminal.PlayAsync(scenario, _ => { }, Cancel);
        }

        await AssertDetectedAndMailedAsync(stage);
    }

    [Fact]
    public async Task Infection_PlayedFromACaptureWithoutRoot_BecomesOneIncidentAndOneMail()
    {
        await using var stage = await ProductStage.SetUpAsync(lab: null, new StageOptions(), Time, Cancel);
        await SyntheticCapture.WriteAsync(
            stage.Gateway.CaptureFile!, Time.GetUtcNow(), Scenario.All.Select(scenario => (TimeSpan.Zero, scenario)), Time, Cancel);
        await stage.StartCenterAsync(Cancel);
        await stage.StartGatewayAsync();

        await AssertDetectedAndMailedAsync(stage);
    }

    [Fact]
    public async Task Silence_OfAKilledGateway_IsMailedAndClosedByItsReturn()
    {
        await using var stage = await ProductStage.SetUpAsync(
            lab: null, new StageOptions { OfflineAfter = TimeSpan.FromSeconds(4) }, Time, Cancel);
        await SyntheticCapture.WriteAsync(stage.Gateway.CaptureFile!, Time.GetUtcNow(), [(TimeSpan.Zero, Scenario.Browse)], Time, Cancel);
        await stage.StartCenterAsync(Cancel);
        var start = Time.GetUtcNow();
        await stage.StartGatewayAsync();
        await stage.WaitForHeartbeatAsync(start, Patience, Cancel);

        await stage.KillGatewayAsync();
        var mail = await stage.Mailbox.NextAsync(Patience, Cancel);
        await stage.Page.WaitForRowAsync(Patience, Cancel, ProductStage.CustomerName, "通信不可");
        await stage.StartGatewayAsync();

        await stage.Page.WaitForRowAsync(Patience, Cancel, "ゲートウェイと通信できません", "回復");
        var returned = await stage.Mailbox.NextAsync(Patience, Cancel);
        Assert.Contains("通信できません", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("回復", returned.Subject, StringComparison.Ordinal);
        Assert.All([mail, returned], one => Assert.Contains(ProductStage.CustomerMail, one.To, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_QueuedWhenTheGatewayIsKilledAndTheBrokerIsDown_AllArriveOnce()
    {
        const int Count = 20;
        var sites = Enumerable.Range(0, Count).Select(i => Sites.Office with { Host = $"h{i}.{Sites.Office.Host}" }).ToList();
        var policy = new PolicyDocument { Version = 1, UrlLists = new UrlListPolicy { Block = [.. sites.Select(site => site.Host)] } };
        await using var stage = await ProductStage.SetUpAsync(lab: null, new StageOptions { Policy = policy }, Time, Cancel);
        await WriteCaptureAsync(stage, new Scenario("many", "", [.. sites.Select(site => new Visit(VisitKind.Http, site))]));
        await stage.StartGatewayAsync();
        await WaitForStatusAsync(stage, "outboxQueued", Count);

        await stage.KillGatewayAsync();
        await WriteCaptureAsync(stage, Scenario.Browse);
        await stage.StartCenterAsync(Cancel);
        await stage.StartGatewayAsync();
        await WaitForStatusAsync(stage, "outboxDelivered", Count);
        await stage.Page.WaitForRowAsync(Patience, Cancel, sites[^1].Host);

        var arrived = (await stage.Page.ReadAsync(Cancel))
            .SelectMany(row => row.Text.Split(' ').Where(word => word.EndsWith($".{Sites.Office.Host}", StringComparison.Ordinal)).Distinct());
        Assert.Equal(sites.Select(site => site.Host).Order(), arrived.Order());
    }

    private static async Task AssertDetectedAndMailedAsync(ProductStage stage)
    {
        var mail = await stage.Mailbox.NextAsync(Patience, Cancel);
        await stage.Page.WaitForRowAsync(Patience, Cancel, "カテゴリ", Sites.Casino.Host, LabPlan.Client4.ToString(), "検知");
        await stage.Page.WaitForRowAsync(Patience, Cancel, "アプリ", Sites.VideoApplication.Host, "検知");
        await stage.Page.WaitForRowAsync(Patience, Cancel, "C&C", Sites.CommandServer.Host, "検知");
        var rows = await stage.Page.ReadAsync(Cancel);

        Assert.Contains(ProductStage.CustomerMail, mail.To, StringComparison.Ordinal);
        Assert.Contains(LabPlan.Client4.ToString(), mail.Text, StringComparison.Ordinal);
        Assert.Contains(LabPlan.ClientMac, mail.Text, StringComparison.Ordinal);
        Assert.Single(rows, row => row.Text.Contains("C&C サーバーとの通信", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Text.Contains(Sites.Office.Host, StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Text.Contains(Sites.News.Host, StringComparison.Ordinal));
        Assert.Equal(0, stage.Mailbox.UnreadCount);
    }

    private static async Task WriteCaptureAsync(ProductStage stage, Scenario scenario) =>
        await SyntheticCapture.WriteAsync(stage.Gateway.CaptureFile!, Time.GetUtcNow(), [(TimeSpan.Zero, scenario)], Time, Cancel);

    /// <summary>Waits until <c>mslgw status</c> shows a number.</summary>
    private static async Task WaitForStatusAsync(ProductStage stage, string name, int number)
    {
        var start = Time.GetTimestamp();
        while (await stage.Gateway.StatusAsync(Cancel) is not { } status || status.GetProperty(name).GetInt32() != number)
        {
            Assert.True(Time.GetElapsedTime(start) < Patience, $"{name} does not come to {number}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), Time, Cancel);
        }
    }
}
