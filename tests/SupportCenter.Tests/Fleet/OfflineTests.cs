using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Notifications;

namespace MediaSecurityLite.SupportCenter.Tests.Fleet;

public sealed class OfflineTests
{
    private static readonly TimeSpan JustBefore = TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Silence_OfFifteenMinutes_IsOneIncidentAndOneMail()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        await shift.HeartbeatAsync("gw-1");

        desk.Time.Advance(JustBefore);
        await shift.PatrolAsync();
        Assert.Empty(await desk.IncidentsAsync());

        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await shift.PatrolAsync();
        desk.Time.Advance(TimeSpan.FromHours(2));
        await shift.PatrolAsync();

        var incident = Assert.Single(await desk.IncidentsAsync());
        Assert.Equal((IncidentKind.Offline, Messages.Noon), (incident.Kind, incident.FirstSeen));
        Assert.Equal(MailKind.Offline, Assert.Single(await desk.MailsAsync()).Kind);
    }

    [Fact]
    public async Task Return_ClosesTheIncidentAndIsMailed()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        await shift.HeartbeatAsync("gw-1");
        desk.Time.Advance(TimeSpan.FromMinutes(20));
        await shift.PatrolAsync();

        desk.Time.Advance(TimeSpan.FromMinutes(5));
        await shift.HeartbeatAsync("gw-1");
        await shift.HeartbeatAsync("gw-1");
        await shift.PatrolAsync();

        var incident = Assert.Single(await desk.IncidentsAsync());
        Assert.Equal((IncidentClosing.Returned, Messages.Noon.AddMinutes(25)), (incident.Closing, incident.ClosedAt));
        Assert.Equal([MailKind.Offline, MailKind.Returned], (await desk.MailsAsync()).Select(mail => mail.Kind));
    }

    [Fact]
    public async Task SecondSilence_IsASecondIncident()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        for (var i = 0; i < 2; i++)
        {
            await shift.HeartbeatAsync("gw-1");
            desk.Time.Advance(TimeSpan.FromMinutes(15));
            await shift.PatrolAsync();
        }

        Assert.Equal([IncidentClosing.Returned, null], (await desk.IncidentsAsync()).Select(incident => incident.Closing));
    }

    [Fact]
    public async Task AnyMessage_CountsAsLife()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        await shift.HeartbeatAsync("gw-1");
        desk.Time.Advance(JustBefore);
        await shift.DetectAsync("gw-1", Messages.Detection());
        desk.Time.Advance(JustBefore);
        await shift.PresenceAsync("gw-1", online: true);
        desk.Time.Advance(JustBefore);

        await shift.PatrolAsync();

        Assert.DoesNotContain(await desk.IncidentsAsync(), incident => incident.Kind == IncidentKind.Offline);
    }

    [Fact]
    public async Task LastWill_IsNoLife()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        await shift.HeartbeatAsync("gw-1");
        desk.Time.Advance(JustBefore);
        await shift.PresenceAsync("gw-1", online: false);
        desk.Time.Advance(TimeSpan.FromSeconds(1));

        await shift.PatrolAsync();

        Assert.Single(await desk.IncidentsAsync());
    }

    [Fact]
    public async Task CentreOutage_MakesNoOfflineIncident()
    {
        await using var desk = await Desk.OpenAsync("gw-1", "gw-2");
        await desk.Start().HeartbeatAsync("gw-1");
        await desk.Start().HeartbeatAsync("gw-2");
        desk.Time.Advance(TimeSpan.FromDays(2));

        var after = desk.Start();
        await after.PatrolAsync();
        desk.Time.Advance(JustBefore);
        await after.HeartbeatAsync("gw-1");
        await after.PatrolAsync();
        Assert.Empty(await desk.IncidentsAsync());

        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await after.PatrolAsync();
        Assert.Equal("gw-2", Assert.Single(await desk.IncidentsAsync()).GatewayId);
    }

    [Fact]
    public async Task GatewayThatNeverConnected_IsNotMissed()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var shift = desk.Start();
        desk.Time.Advance(TimeSpan.FromDays(30));

        await shift.PatrolAsync();

        Assert.Empty(await desk.IncidentsAsync());
    }

    [Fact]
    public async Task ReturnAfterRestart_ClosesTheIncidentOfTheEarlierRun()
    {
        await using var desk = await Desk.OpenAsync("gw-1");
        var before = desk.Start();
        await before.HeartbeatAsync("gw-1");
        desk.Time.Advance(TimeSpan.FromMinutes(16));
        await before.PatrolAsync();

        await desk.Start().HeartbeatAsync("gw-1");

        Assert.Equal(IncidentClosing.Returned, Assert.Single(await desk.IncidentsAsync()).Closing);
    }
}
