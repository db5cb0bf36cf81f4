using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>
/// The story of the demo, step by step. Each step waits for what a person would see (the centre's page, the customer's
/// mailbox); none reads a program's insides.
/// </summary>
internal sealed class DemoPlay(DemoStage stage, IDemoTerminal terminal, CenterPage page, DemoReport report, TimeProvider time)
{
    /// <summary>C&amp;C packet → mail handed over: the product's promise.</summary>
    public static readonly TimeSpan MailPromise = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Mailbox _mailbox = new(stage.Center.Pickup, time);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await BrowseAsync(cancellationToken);
        await DetectAsync("blocked category", Scenario.Category, "カテゴリ", Sites.Gambling, cancellationToken);
        await DetectAsync("blocked application", Scenario.Application, "アプリ", Sites.VideoApplication, cancellationToken);
        await InfectAsync(cancellationToken);
        await HeartbeatAsync(cancellationToken);
        await FallSilentAsync(cancellationToken);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        report.Say("The support centre starts (mslcenter), and registers the gateway");
        var start = time.GetUtcNow();
        await stage.StartCenterAsync(cancellationToken);
        report.Add(new StepResult("centre serves its page", true, stage.Center.Page.ToString(), time.GetUtcNow() - start));

        report.Say("The gateway's pattern pack is built and signed (mslpat), then the gateway starts (mslgw, monitor mode)");
        report.Say($"  {await PatternSetup.InstallAsync(stage.Gateway, cancellationToken)}");
        start = time.GetUtcNow();
        await stage.StartGatewayAsync();
        var (row, at) = await page.WaitForRowAsync(
            row => row.Text.Contains(DemoStage.CustomerName, StringComparison.Ordinal) && row.Times.Count > 0, "the gateway with a sign of life", Patience, cancellationToken);
        report.Add(new StepResult("first heartbeat", true, row.Text, at - start));
    }

    private async Task BrowseAsync(CancellationToken cancellationToken)
    {
        report.Say("A terminal browses");
        await terminal.PlayAsync(Scenario.Browse, cancellationToken);
    }

    private async Task DetectAsync(string step, Scenario scenario, string kind, Site site, CancellationToken cancellationToken)
    {
        report.Say($"The same terminal {scenario.Summary}");
        var moment = await terminal.PlayAsync(scenario, cancellationToken);
        var (row, at) = await page.WaitForRowAsync(Patience, cancellationToken, kind, site.Host, LabPlan.Client4.ToString());
        report.Add(new StepResult(step, true, row.Text, at - moment));
    }

    private async Task InfectAsync(CancellationToken cancellationToken)
    {
        report.Say("The terminal gets infected: its malware looks for its C&C server");
        var moment = await terminal.PlayAsync(Scenario.Infection, cancellationToken);
        var mail = await _mailbox.NextAsync(Patience, cancellationToken);
        var (row, at) = await page.WaitForRowAsync(Patience, cancellationToken, "C&C", Sites.CommandServer.Host, LabPlan.Client4.ToString());
        report.Add(new StepResult("C&C detection", true, row.Text, at - moment));
        report.Add(new StepResult(
            "incident mail", mail.At - moment < MailPromise, $"to {mail.To}: {mail.Subject}", mail.At - moment));
        Print(mail);

        var rows = await page.ReadAsync(cancellationToken);
        var harmless = rows.Count(row => row.Text.Contains(Sites.Office.Host, StringComparison.Ordinal) || row.Text.Contains(Sites.News.Host, StringComparison.Ordinal));
        report.Add(new StepResult("ordinary browsing", harmless == 0, harmless == 0 ? "no detection" : $"{harmless} false detections"));
    }

    private async Task HeartbeatAsync(CancellationToken cancellationToken)
    {
        report.Say($"Heartbeats go on (every {DemoStage.HeartbeatInterval.TotalSeconds:0} s here; every 60 s as delivered)");
        var start = time.GetUtcNow();
        var (row, at) = await page.WaitForRowAsync(
            row => row.Text.Contains(DemoStage.CustomerName, StringComparison.Ordinal) && row.Times.Any(seen => seen > start),
            "a newer heartbeat", Patience, cancellationToken);
        report.Add(new StepResult("heartbeat", true, row.Text, at - start));
    }

    private async Task FallSilentAsync(CancellationToken cancellationToken)
    {
        report.Say($"The box falls silent: mslgw is killed (offline after {DemoStage.OfflineAfter.TotalSeconds:0} s here; after 15 minutes as delivered)");
        var start = time.GetUtcNow();
        await stage.KillGatewayAsync();
        var mail = await _mailbox.NextAsync(DemoStage.OfflineAfter + Patience, cancellationToken);
        report.Add(new StepResult("offline mail", true, $"to {mail.To}: {mail.Subject}", mail.At - start));
        Print(mail);
    }

    private void Print(ReceivedMail mail) =>
        report.Quote([$"To: {mail.To}", $"Subject: {mail.Subject}", "", .. mail.Text.ReplaceLineEndings("\n").TrimEnd().Split('\n')]);
}
