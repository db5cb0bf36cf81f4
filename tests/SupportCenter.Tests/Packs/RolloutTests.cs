using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;

namespace MediaSecurityLite.SupportCenter.Tests.Packs;

/// <summary>A version's way through a fleet of thousands, with a clock that the test moves.</summary>
public sealed class RolloutTests
{
    private const int Thousands = 5_000;

    private static readonly TimeSpan Stage = TimeSpan.FromHours(4);

    [Fact]
    public async Task Release_ThatGoesWell_ReachesOneThenTenPercentThenEverybody()
    {
        await using var fleet = await SimulatedFleet.OfAsync(Thousands);
        await fleet.ReleaseAsync("1");

        var first = await fleet.TakersAsync("1");
        await fleet.ReportAsync(first, "1", PatternsStep.Installed);
        await fleet.PassAsync(Stage);
        var second = await fleet.TakersAsync("1");
        await fleet.ReportAsync(second.Except(first), "1", PatternsStep.Installed);
        await fleet.PassAsync(Stage);
        var third = await fleet.TakersAsync("1");
        await fleet.ReportAsync(third.Except(second), "1", PatternsStep.Installed);
        await fleet.PassAsync(Stage);

        Assert.InRange(first.Count, 35, 65);
        Assert.InRange(second.Count, 440, 560);
        Assert.Equal(fleet.Gateways, third);
        Assert.Subset(second.ToHashSet(), first.ToHashSet());
        Assert.Equal(RolloutState.Completed, (await fleet.RolloutAsync("1")).State);
        Assert.Equal(AnnouncedPack.Everybody, Assert.Single((await fleet.AnnouncementAsync()).Packs).Share);
    }

    [Fact]
    public async Task Release_OfAnotherVersion_StartsWithOtherGateways()
    {
        await using var fleet = await SimulatedFleet.OfAsync(Thousands);
        await fleet.ReleaseAsync("1");
        var first = await fleet.TakersAsync("1");
        await fleet.ReleaseAsync("2");

        var second = await fleet.TakersAsync("2");

        Assert.InRange(second.Intersect(first).Count(), 0, 5);
    }

    [Fact]
    public async Task Release_OnCanary_IsEverybodysAtOnceAndNotOnStable()
    {
        await using var fleet = await SimulatedFleet.OfAsync(20);

        await fleet.ReleaseAsync("1", PatternChannels.Canary);

        Assert.Equal(AnnouncedPack.Everybody, Assert.Single((await fleet.AnnouncementAsync(PatternChannels.Canary)).Packs).Share);
        Assert.Empty((await fleet.AnnouncementAsync()).Packs);
    }

    [Fact]
    public async Task Stage_BeforeItsTime_Waits()
    {
        await using var fleet = await SimulatedFleet.OfAsync(Thousands);
        await fleet.ReleaseAsync("1");
        await fleet.ReportAsync(await fleet.TakersAsync("1"), "1", PatternsStep.Installed);

        await fleet.PassAsync(Stage - TimeSpan.FromSeconds(1));

        Assert.Equal(100, (await fleet.RolloutAsync("1")).Share);
        await fleet.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1_000, (await fleet.RolloutAsync("1")).Share);
    }

    [Theory]
    [InlineData(9, 100)]
    [InlineData(10, 1_000)]
    public async Task Stage_WithFewReports_WaitsForTheMinimum(int reports, int share)
    {
        await using var fleet = await SimulatedFleet.OfAsync(Thousands);
        await fleet.ReleaseAsync("1");
        await fleet.ReportAsync((await fleet.TakersAsync("1")).Take(reports), "1", PatternsStep.Installed);

        await fleet.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal(share, (await fleet.RolloutAsync("1")).Share);
    }

    [Fact]
    public async Task Stage_ReportsOfGatewaysOutsideTheShare_DoNotCount()
    {
        await using var fleet = await SimulatedFleet.OfAsync(Thousands);
        await fleet.ReleaseAsync("1");
        await fleet.ReportAsync(fleet.Gateways.Except(await fleet.TakersAsync("1")).Take(500), "1", PatternsStep.Installed);

        await fleet.PassAsync(Stage);

        Assert.Equal(100, (await fleet.RolloutAsync("1")).Share);
    }

    [Fact]
    public async Task Stage_StepsOnTheWay_AreNoReports()
    {
        await using var fleet = await SimulatedFleet.OfAsync(Thousands);
        await fleet.ReleaseAsync("1");
        foreach (var step in new[] { PatternsStep.Announced, PatternsStep.Downloaded, PatternsStep.Verified, PatternsStep.SelfTested, PatternsStep.BackTested })
        {
            await fleet.ReportAsync(await fleet.TakersAsync("1"), "1", step);
        }

        await fleet.PassAsync(Stage);

        Assert.Equal(100, (await fleet.RolloutAsync("1")).Share);
    }

    [Fact]
    public async Task Stage_WhoseGatewaysAreSwitchedOff_DoesNotWaitForThem()
    {
        await using var fleet = await SimulatedFleet.OfAsync(Thousands);
        await fleet.ReleaseAsync("1");
        var takers = await fleet.TakersAsync("1");
        var living = fleet.Gateways.Except(takers.Skip(3)).ToList();
        await fleet.ReportAsync(takers.Take(3), "1", PatternsStep.Installed);

        await fleet.PassAsync(TimeSpan.FromHours(25), living);

        Assert.Equal(1_000, (await fleet.RolloutAsync("1")).Share);
    }

    [Fact]
    public async Task SmallFleet_InWhichOnePercentIsNobody_ComesThrough()
    {
        await using var fleet = await SimulatedFleet.OfAsync(3);
        await fleet.ReleaseAsync("1");
        for (var stage = 0; stage < 3; stage++)
        {
            await fleet.ReportAsync(await fleet.TakersAsync("1"), "1", PatternsStep.Installed);
            await fleet.PassAsync(Stage);
        }

        Assert.Equal(RolloutState.Completed, (await fleet.RolloutAsync("1")).State);
    }

    [Fact]
    public async Task NewerRelease_LeavesTheLastCompletedOnOfferAndReplacesTheUnfinished()
    {
        await using var fleet = await SimulatedFleet.OfAsync(3);
        await fleet.ReleaseAsync("1");
        for (var stage = 0; stage < 3; stage++)
        {
            await fleet.ReportAsync(fleet.Gateways, "1", PatternsStep.Installed);
            await fleet.PassAsync(Stage);
        }

        await fleet.ReleaseAsync("2");
        await fleet.ReleaseAsync("3");

        Assert.Equal(RolloutState.Replaced, (await fleet.RolloutAsync("2")).State);
        Assert.Equal([("1", 10_000), ("3", 100)], (await fleet.AnnouncementAsync()).Packs.Select(pack => (pack.Version, pack.Share)));
    }

    [Theory]
    [InlineData("2", ReleaseRefusal.NotNewer)]
    [InlineData("1", ReleaseRefusal.NotNewer)]
    [InlineData("10", ReleaseRefusal.NotImported)]
    public async Task Release_OfWhatGatewaysWouldNotTake_IsRefused(string version, object refusal)
    {
        await using var fleet = await SimulatedFleet.OfAsync(1);
        await fleet.ReleaseAsync("2");

        Assert.Equal(refusal, (await fleet.ReleaseAsync(version)).Refusal);
    }

    [Fact]
    public async Task Release_OfAnExpiredVersion_IsRefused()
    {
        await using var fleet = await SimulatedFleet.OfAsync(1);
        await fleet.PassAsync(TimeSpan.FromDays(30));

        Assert.Equal(ReleaseRefusal.Expired, (await fleet.ReleaseAsync("1")).Refusal);
    }

    [Fact]
    public void Steps_OfEveryState_AreThoseOfTheTable()
    {
        var allowed = from state in Enum.GetValues<RolloutState>()
                      from step in Enum.GetValues<RolloutStep>()
                      let rollout = In(state)
                      where rollout.TryTake(step, Messages.Noon)
                      select $"{state} {step} {rollout.State}";

        Assert.Equal(
            [
                "Running Advance Running", "Running Stop Stopped", "Running End Ended", "Running Replace Replaced",
                "Completed Stop Stopped", "Completed End Ended",
                "Stopped Resume Running", "Stopped End Ended", "Stopped Replace Replaced",
            ],
            allowed);
    }

    private static Rollout In(RolloutState state)
    {
        var pack = new SupportCenter.Packs.Library.StoredPack
        {
            Name = "starter", Version = "1", ManifestSha256 = "", Created = default, Expires = default, Bytes = 0, ImportedAt = default,
        };
        var rollout = Rollout.Release(PatternChannels.Stable, pack, 0, Messages.Noon);
        RolloutStep[] way = state switch
        {
            RolloutState.Completed => [RolloutStep.Advance, RolloutStep.Advance, RolloutStep.Advance],
            RolloutState.Stopped => [RolloutStep.Stop],
            RolloutState.Ended => [RolloutStep.End],
            RolloutState.Replaced => [RolloutStep.Replace],
            _ => [],
        };
        Assert.All(way, step => Assert.True(rollout.TryTake(step, Messages.Noon)));
        Assert.Equal(state, rollout.State);
        return rollout;
    }
}
