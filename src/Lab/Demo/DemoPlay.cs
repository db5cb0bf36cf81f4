using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>
/// The story of the demo, step by step. Each step waits for what a person would see (the centre's page, the customer's
/// mailbox); none reads a program's insides.
/// </summary>
internal sealed class DemoPlay(ProductStage stage, IDemoTerminal terminal, DemoReport report, TimeProvider time)
{
    public static readonly StageOptions Options = new()
    {
        Mode = "router",
        HeartbeatInterval = TimeSpan.FromSeconds(2),
        OfflineAfter = TimeSpan.FromSeconds(8),
        ConsolePort = 8080,
    };

    /// <summary>C&amp;C packet → mail handed over: the product's promise.</summary>
    private static readonly TimeSpan MailPromise = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        report.Say("A terminal browses");
        await terminal.PlayAsync(Scenario.Browse, cancellationToken);
        ReportPassed();
        await DetectAsync("blocked category", Scenario.Category, "カテゴリ", Sites.Casino, cancellationToken);
        await DetectAsync("blocked application", Scenario.Application, "アプリ", Sites.VideoApplication, cancellationToken);
        await InfectAsync(cancellationToken);
        await LookForFalseDetectionsAsync(cancellationToken);
        await HeartbeatAsync(cancellationToken);
        await FallSilentAsync(cancellationToken);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        report.Say("The support centre starts (mslcenter)");
        var start = time.GetUtcNow();
        await stage.StartCenterAsync(cancellationToken);
        report.Add(new StepResult("centre serves its page", true, stage.Center.Page.ToString(), time.GetUtcNow() - start));

        report.Say("The gateway starts (mslgw)");
        start = time.GetUtcNow();
        await stage.StartGatewayAsync();
        var following = terminal.FollowAsync(cancellationToken);
        var (row, at) = await stage.WaitForHeartbeatAsync(start, Patience, cancellationToken);
        report.Add(new StepResult("first heartbeat", true, row.Text, at - start));
        await following;
    }

    private async Task DetectAsync(string step, Scenario scenario, string kind, Site site, CancellationToken cancellationToken)
    {
        report.Say($"The terminal {scenario.Summary}");
        var moment = await terminal.PlayAsync(scenario, cancellationToken);
        var (row, at) = await EventAsync(kind, site, cancellationToken);
        report.Add(new StepResult(step, true, row.Text, at - moment));
        ReportStopped(step);
    }

    /// <summary>Look-ups of what is only unwanted are answered: browsers make them for what nobody has clicked.</summary>
    private void ReportStopped(string step)
    {
        if (stage.IsInline)
        {
            var visits = terminal.Outcomes.Where(visit => visit.Visit.Kind != VisitKind.Resolve).ToList();
            var passed = visits.Count(visit => visit.Outcome == VisitOutcome.Reached);
            report.Add(new StepResult($"{step} stopped", passed == 0, $"{visits.Count - passed} of {visits.Count} connections blocked on the wire"));
        }
    }

    private void ReportPassed()
    {
        if (stage.IsInline)
        {
            var passed = terminal.Outcomes.Count(visit => visit.Outcome == VisitOutcome.Reached);
            report.Add(new StepResult("ordinary browsing passes", passed == terminal.Outcomes.Count, $"{passed} of {terminal.Outcomes.Count} visits answered"));
        }
    }

    private async Task InfectAsync(CancellationToken cancellationToken)
    {
        report.Say("The terminal gets infected: its malware looks up its C&C server and talks to it");
        var moment = await terminal.PlayAsync(Scenario.Infection, cancellationToken);
        var mail = await stage.Mailbox.NextAsync(Patience, cancellationToken);
        var (row, at) = await EventAsync("C&C", Sites.CommandServer, cancellationToken);
        report.Add(new StepResult("C&C detection", true, row.Text, at - moment));
        ReportStopped("C&C");
        report.Add(new StepResult($"incident mail (< {MailPromise.TotalSeconds:0} s)", mail.At - moment < MailPromise, $"to {mail.To}: {mail.Subject}", mail.At - moment));
        Print(mail);
    }

    private async Task LookForFalseDetectionsAsync(CancellationToken cancellationToken)
    {
        var harmless = Scenario.Browse.Visits.Select(visit => visit.Site.Host).ToHashSet();
        var wrong = (await stage.Page.ReadAsync(cancellationToken)).Count(row => harmless.Any(host => row.Text.Contains(host, StringComparison.Ordinal)));
        report.Add(new StepResult("ordinary browsing", wrong == 0, wrong == 0 ? "no detection" : $"{wrong} false detections"));
    }

    private async Task HeartbeatAsync(CancellationToken cancellationToken)
    {
        report.Say($"Heartbeats go on: every {Options.HeartbeatInterval.TotalSeconds:0} s here, every 60 s as delivered");
        var start = time.GetUtcNow();
        var (row, at) = await stage.WaitForHeartbeatAsync(start, Patience, cancellationToken);
        report.Add(new StepResult("next heartbeat", true, row.Text, at - start));
    }

    private async Task FallSilentAsync(CancellationToken cancellationToken)
    {
        report.Say($"The box falls silent (mslgw is killed): offline after {Options.OfflineAfter.TotalSeconds:0} s here, after 15 minutes as delivered");
        var start = time.GetUtcNow();
        await stage.KillGatewayAsync();
        var mail = await stage.Mailbox.NextAsync(Options.OfflineAfter + Patience, cancellationToken);
        report.Add(new StepResult("offline mail", true, $"to {mail.To}: {mail.Subject}", mail.At - start));
        Print(mail);
    }

    private Task<(PageRow Row, DateTimeOffset At)> EventAsync(string kind, Site site, CancellationToken cancellationToken) =>
        stage.Page.WaitForRowAsync(Patience, cancellationToken, kind, site.Host, LabPlan.Client4.ToString());

    private void Print(ReceivedMail mail) =>
        report.Quote([$"To: {mail.To}", $"Subject: {mail.Subject}", "", .. mail.Text.ReplaceLineEndings("\n").TrimEnd().Split('\n')]);
}
