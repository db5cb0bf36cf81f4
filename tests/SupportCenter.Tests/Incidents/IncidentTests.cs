using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Notifications;

namespace MediaSecurityLite.SupportCenter.Tests.Incidents;

public sealed class IncidentTests
{
    [Fact]
    public async Task Detections_OfOneTerminalAndFamily_AreOneIncidentAndOneMail()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();

        await shift.DetectAsync("gw-1", Messages.Detection(), Messages.Detection(host: "other.example") with { Count = 5 });
        await shift.DetectAsync("gw-1", Messages.Detection(seen: Messages.Noon.AddMinutes(3)), Messages.Detection(name: "EMOTET"));

        var incident = Assert.Single(await desk.IncidentsAsync());
        Assert.Equal(8, incident.Count);
        Assert.Equal(Messages.Noon, incident.FirstSeen);
        Assert.Equal(Messages.Noon.AddMinutes(3), incident.LastSeen);
        Assert.Equal(4, incident.Evidence.Count);
        Assert.Equal(MailKind.Detected, Assert.Single(await desk.MailsAsync()).Kind);
    }

    [Fact]
    public async Task Detections_OfDifferentTerminalFamilyOrGateway_AreDifferentIncidents()
    {
        await using var desk = await Desk.OpenAsync("gw-1", "gw-2");
        var shift = desk.Start();

        await shift.DetectAsync("gw-1", Messages.Detection(), Messages.Detection(terminal: "192.168.1.24"), Messages.Detection(name: "qakbot"));
        await shift.DetectAsync("gw-2", Messages.Detection());

        Assert.Equal(4, (await desk.IncidentsAsync()).Count);
        Assert.Equal(4, (await desk.MailsAsync()).Count);
    }

    [Fact]
    public async Task Detections_OfOneMacUnderTwoAddresses_AreOneIncident()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();

        await shift.DetectAsync(
            "gw-1",
            Messages.Detection() with { TerminalMac = "02:00:00:00:00:01" },
            Messages.Detection(terminal: "2001:db8::23") with { TerminalMac = "02:00:00:00:00:01" });

        Assert.Single(await desk.IncidentsAsync());
    }

    [Fact]
    public async Task Detections_WithoutFamily_AreGroupedByRule()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();

        await shift.DetectAsync("gw-1", Messages.Detection(name: null), Messages.Detection(name: null) with { Rule = "other.example" });

        Assert.Equal(["bad.example", "other.example"], (await desk.IncidentsAsync()).Select(incident => incident.Family));
    }

    [Theory]
    [InlineData(DetectionKind.Url)]
    [InlineData(DetectionKind.Category)]
    [InlineData(DetectionKind.Application)]
    public async Task Blocks_AreNoIncidentAndNoMail(DetectionKind kind)
    {
        await using var desk = await Desk.OpenAsync("gw-1");

        var result = await desk.Start().DetectAsync("gw-1", Messages.Detection(kind, DetectionAction.Blocked));

        Assert.Equal([IngestOutcome.Stored], result.Outcomes);
        Assert.False(result.MailsQueued);
        Assert.Empty(await desk.IncidentsAsync());
        Assert.Empty(await desk.MailsAsync());
    }

    [Fact]
    public async Task Detection_PassingAfterABlockedOne_IsMailedAgain()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();

        await shift.DetectAsync("gw-1", Messages.Detection(action: DetectionAction.Blocked));
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await shift.DetectAsync("gw-1", Messages.Detection(action: DetectionAction.Detected));
        await shift.DetectAsync("gw-1", Messages.Detection(action: DetectionAction.Blocked));

        Assert.Equal(DetectionAction.Detected, Assert.Single(await desk.IncidentsAsync()).Action);
        Assert.Equal([MailKind.Blocked, MailKind.Detected], (await desk.MailsAsync()).Select(mail => mail.Kind));
    }

    [Fact]
    public async Task Incident_WithoutDetectionForADay_ClosesAndTheNextOneIsNew()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        await shift.DetectAsync("gw-1", Messages.Detection());

        desk.Time.Advance(TimeSpan.FromHours(23));
        await shift.PatrolAsync();
        Assert.Null((await desk.IncidentsAsync()).Single(incident => incident.Kind == IncidentKind.CommandAndControl).ClosedAt);

        desk.Time.Advance(TimeSpan.FromHours(1));
        await shift.PatrolAsync();
        await shift.DetectAsync("gw-1", Messages.Detection());

        var incidents = (await desk.IncidentsAsync()).FindAll(incident => incident.Kind == IncidentKind.CommandAndControl);
        Assert.Equal([IncidentClosing.Quiet, null], incidents.Select(incident => incident.Closing));
        Assert.Equal(2, (await desk.MailsAsync()).Count(mail => mail.Kind == MailKind.Detected));
    }
}
