using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;

namespace MediaSecurityLite.SupportCenter.Tests.Packs;

/// <summary>When a rollout stops by itself, when it does not, and what operators can do then.</summary>
public sealed class RolloutStopTests
{
    private static readonly TimeSpan Stage = TimeSpan.FromHours(4);

    [Fact]
    public async Task OneRollback_AmongTheFirst_StopsAndWithdraws()
    {
        await using var fleet = await FleetAtOnePercentAsync();
        var takers = await fleet.TakersAsync("1");
        await fleet.ReportAsync(takers, "1", PatternsStep.Installed);
        await fleet.ReportAsync([takers[7]], "1", PatternsStep.RolledBack);

        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        var rollout = await fleet.RolloutAsync("1");
        Assert.Equal((RolloutState.Stopped, RolloutStop.Rollbacks), (rollout.State, rollout.StopCause));
        Assert.Equal((1, takers.Count), (rollout.StopFound, rollout.StopMeasure));
        Assert.Empty((await fleet.AnnouncementAsync()).Packs);
        await fleet.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(RolloutState.Stopped, (await fleet.RolloutAsync("1")).State);
    }

    [Fact]
    public async Task Stop_LeavesTheLastCompletedVersionOnOffer()
    {
        await using var fleet = await FleetAtOnePercentAsync();
        await CompleteAsync(fleet, "1");
        await fleet.ReleaseAsync("2");
        await fleet.ReportAsync((await fleet.TakersAsync("2")).Take(1), "2", PatternsStep.RolledBack);

        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(("1", 10_000), Assert.Single((await fleet.AnnouncementAsync()).Packs) is var pack ? (pack.Version, pack.Share) : default);
    }

    [Theory]
    [InlineData(5, RolloutState.Running)]
    [InlineData(11, RolloutState.Stopped)]
    public async Task Rollbacks_AmongTwoThousand_StopBeyondTheirBound(int rollbacks, RolloutState expected)
    {
        await using var fleet = await SimulatedFleet.OfAsync(2_000);
        await AdvanceToEverybodyAsync(fleet);
        await fleet.ReportAsync(fleet.Gateways, "1", PatternsStep.Installed);
        await fleet.ReportAsync(fleet.Gateways.Take(rollbacks), "1", PatternsStep.RolledBack);

        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(expected, (await fleet.RolloutAsync("1")).State);
    }

    [Theory]
    [InlineData(1, RolloutState.Running)]
    [InlineData(2, RolloutState.Stopped)]
    public async Task Refusals_AmongTheFirst_StopFromTwo(int refusals, RolloutState expected)
    {
        await using var fleet = await FleetAtOnePercentAsync();
        var takers = await fleet.TakersAsync("1");
        await fleet.ReportAsync(takers.Skip(refusals), "1", PatternsStep.Installed);
        await fleet.ReportAsync(takers.Take(refusals), "1", PatternsStep.Refused);

        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(expected, (await fleet.RolloutAsync("1")).State);
    }

    [Fact]
    public async Task Refusal_ThatALaterTryMadeGood_DoesNotCount()
    {
        await using var fleet = await FleetAtOnePercentAsync();
        var takers = await fleet.TakersAsync("1");
        await fleet.ReportAsync(takers, "1", PatternsStep.Refused);
        await fleet.ReportAsync(takers, "1", PatternsStep.Installed);

        await fleet.PassAsync(Stage);

        Assert.Equal(1_000, (await fleet.RolloutAsync("1")).Share);
    }

    [Fact]
    public async Task Detections_FarAboveTheFleet_Stop()
    {
        await using var fleet = await FleetAtOnePercentAsync();
        var takers = await fleet.TakersAsync("1");
        await fleet.ReportAsync(takers, "1", PatternsStep.Installed);
        await fleet.PassAsync(TimeSpan.FromHours(1));

        await fleet.DetectAsync(takers, times: 2);
        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RolloutStop.Detections, (await fleet.RolloutAsync("1")).StopCause);
    }

    [Fact]
    public async Task Detections_OfAWaveThatHitsTheWholeFleet_DoNotStop()
    {
        await using var fleet = await FleetAtOnePercentAsync();
        await fleet.ReportAsync(await fleet.TakersAsync("1"), "1", PatternsStep.Installed);
        await fleet.PassAsync(TimeSpan.FromHours(1));

        await fleet.DetectAsync(fleet.Gateways, times: 2);
        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RolloutState.Running, (await fleet.RolloutAsync("1")).State);
    }

    [Fact]
    public async Task Detections_OfTwoInfectedOffices_DoNotStop()
    {
        await using var fleet = await FleetAtOnePercentAsync();
        var takers = await fleet.TakersAsync("1");
        await fleet.ReportAsync(takers, "1", PatternsStep.Installed);
        await fleet.PassAsync(TimeSpan.FromHours(1));

        await fleet.DetectAsync(takers.Take(2), times: 500);
        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RolloutState.Running, (await fleet.RolloutAsync("1")).State);
    }

    [Fact]
    public async Task Detections_BeforeTheVersionWasInstalled_DoNotCount()
    {
        await using var fleet = await FleetAtOnePercentAsync();
        var takers = await fleet.TakersAsync("1");
        await fleet.DetectAsync(takers, times: 5);
        await fleet.PassAsync(TimeSpan.FromHours(1));

        await fleet.ReportAsync(takers, "1", PatternsStep.Installed);
        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RolloutState.Running, (await fleet.RolloutAsync("1")).State);
    }

    [Fact]
    public async Task Detections_OfAnOrdinaryMorning_DoNotStopWhenNobodyIsLeftToCompareWith()
    {
        await using var fleet = await SimulatedFleet.OfAsync(100);
        for (var day = 1; day <= 6; day++)
        {
            // One detection a day at each gateway, all in the same hour: 0.04 an hour on average, 0.86 in that hour.
            await fleet.DetectAsync(fleet.Gateways, times: 1, TimeSpan.FromDays(day));
        }

        await AdvanceToEverybodyAsync(fleet);
        await fleet.ReportAsync(fleet.Gateways, "1", PatternsStep.Installed);
        await fleet.PassAsync(TimeSpan.FromHours(1));
        await fleet.DetectAsync(fleet.Gateways, times: 1);

        await fleet.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RolloutState.Running, (await fleet.RolloutAsync("1")).State);
    }

    [Fact]
    public async Task Resume_ForgivesWhatWasSeenAndWatchesTheStageAnew()
    {
        await using var fleet = await FleetAtOnePercentAsync();
        var takers = await fleet.TakersAsync("1");
        await fleet.ReportAsync(takers.Take(1), "1", PatternsStep.RolledBack);
        await fleet.PassAsync(TimeSpan.FromHours(3));

        Assert.True(await fleet.TakeAsync("1", RolloutStep.Resume));
        await fleet.ReportAsync(takers.Skip(1), "1", PatternsStep.Installed);
        await fleet.PassAsync(Stage - TimeSpan.FromSeconds(1));

        Assert.Equal(takers, await fleet.TakersAsync("1"));
        Assert.Equal(RolloutState.Running, (await fleet.RolloutAsync("1")).State);
        await fleet.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1_000, (await fleet.RolloutAsync("1")).Share);
    }

    [Fact]
    public async Task Operator_CanStopAndEnd_AndAnEndedOneStaysEnded()
    {
        await using var fleet = await FleetAtOnePercentAsync();

        Assert.True(await fleet.TakeAsync("1", RolloutStep.Stop));
        Assert.Equal(RolloutStop.Operator, (await fleet.RolloutAsync("1")).StopCause);
        Assert.True(await fleet.TakeAsync("1", RolloutStep.End));
        Assert.False(await fleet.TakeAsync("1", RolloutStep.Resume));
        Assert.Empty((await fleet.AnnouncementAsync()).Packs);
    }

    private static async Task<SimulatedFleet> FleetAtOnePercentAsync()
    {
        var fleet = await SimulatedFleet.OfAsync(3_000);
        await fleet.ReleaseAsync("1");
        return fleet;
    }

    private static async Task AdvanceToEverybodyAsync(SimulatedFleet fleet)
    {
        fleet.Options.MinimumReports = 0;
        await fleet.ReleaseAsync("1");
        await fleet.PassAsync(Stage);
        await fleet.PassAsync(Stage);
        Assert.Equal(AnnouncedPack.Everybody, (await fleet.RolloutAsync("1")).Share);
    }

    private static async Task CompleteAsync(SimulatedFleet fleet, string version)
    {
        await fleet.ReportAsync(fleet.Gateways, version, PatternsStep.Installed);
        for (var stage = 0; stage < 3; stage++)
        {
            await fleet.PassAsync(Stage);
        }

        Assert.Equal(RolloutState.Completed, (await fleet.RolloutAsync(version)).State);
    }
}
