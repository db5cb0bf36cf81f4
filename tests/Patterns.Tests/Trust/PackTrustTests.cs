using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Patterns.Tests.Trust;

public sealed class PackTrustTests : IDisposable
{
    private static readonly DateTimeOffset Now = Ceremony.Start.AddDays(2);
    private readonly Ceremony _ceremony = new();

    public void Dispose() => _ceremony.Dispose();

    [Fact]
    public void Judge_OfAFreshPackOfAKnownKey_HasNothingAgainstIt() => Assert.Null(Trust().Judge(_ceremony.Front("1"), "pack", Now));

    [Fact]
    public void Judge_OfThePackInForce_HasNothingAgainstIt()
    {
        var pack = _ceremony.Front("3");
        Assert.Null(Trust().With(pack).Judge(pack, "pack", Now));
    }

    [Fact]
    public void Judge_OfALowerVersion_IsARollback() =>
        AssertFault(PackFaultKind.Rollback, Trust().With(_ceremony.Front("3")).Judge(_ceremony.Front("2.9"), "pack", Now));

    [Fact]
    public void Judge_OfAnotherPackOfTheSameVersion_IsRefused() =>
        AssertFault(PackFaultKind.AnotherPack, Trust().With(_ceremony.Front("3")).Judge(_ceremony.Front("3", content: 2), "pack", Now));

    [Fact]
    public void Judge_OfAnUnknownKey_IsRefused()
    {
        using var stranger = Ceremony.NewKey();
        AssertFault(PackFaultKind.UntrustedSigner, Trust().Judge(_ceremony.Front("1", stranger), "pack", Now));
    }

    [Fact]
    public void Judge_PastThePacksTime_IsRefused() =>
        AssertFault(PackFaultKind.Expired, Trust().Judge(_ceremony.Front("1", days: 10), "pack", Ceremony.Start.AddDays(12)));

    [Fact]
    public void Judge_PastTheKeysTime_IsRefused()
    {
        var root = _ceremony.Root(_ceremony.Document() with
        {
            SigningKeys = [RootSigner.SigningKey(_ceremony.Signing.ExportSubjectPublicKeyInfo(), Ceremony.Start.AddDays(5))],
        });
        var trust = new PackTrust(root, []);

        Assert.Null(trust.Judge(_ceremony.Front("1"), "pack", Ceremony.Start.AddDays(4)));
        AssertFault(PackFaultKind.KeyExpired, trust.Judge(_ceremony.Front("1"), "pack", Ceremony.Start.AddDays(6)));
        AssertFault(PackFaultKind.KeyExpired, trust.Judge(_ceremony.Front("1", created: Ceremony.Start.AddDays(6)), "pack", Ceremony.Start.AddDays(4)));
    }

    [Fact]
    public void Judge_PastTheRootsTime_IsRefused()
    {
        var trust = new PackTrust(_ceremony.Root(_ceremony.Document() with { Expires = Ceremony.Start.AddDays(1) }), []);
        AssertFault(PackFaultKind.RootExpired, trust.Judge(_ceremony.Front("1"), "pack", Now));
    }

    [Fact]
    public void Under_ARootThatWithdrawsTheKey_VersionsThatItSignedCountNoMore()
    {
        using var stolenFrom = Ceremony.NewKey();
        var fastForwarded = Trust().With(_ceremony.Front("999999", created: Ceremony.Start.AddYears(50), days: 90));
        Assert.NotNull(fastForwarded.Judge(_ceremony.Front("4"), "pack", Now));

        var next = _ceremony.Document(2) with { SigningKeys = [RootSigner.SigningKey(stolenFrom.ExportSubjectPublicKeyInfo(), Ceremony.Start.AddYears(2))] };
        var recovered = fastForwarded.Under(_ceremony.Root().Succeed(RootSigner.Sign(next, [_ceremony.First])));

        Assert.Null(recovered.Judge(_ceremony.Front("4", stolenFrom), "pack", Now));
        AssertFault(PackFaultKind.UntrustedSigner, recovered.Judge(_ceremony.Front("1000000"), "pack", Now));
    }

    [Fact]
    public void Under_ARootThatAddsAKey_VersionsStillCount()
    {
        using var second = Ceremony.NewKey();
        var next = _ceremony.Document(2) with { SigningKeys = [.. _ceremony.Document().SigningKeys, RootSigner.SigningKey(second.ExportSubjectPublicKeyInfo(), Ceremony.Start.AddYears(2))] };
        var trust = Trust().With(_ceremony.Front("5")).Under(_ceremony.Root().Succeed(RootSigner.Sign(next, [_ceremony.First])));

        AssertFault(PackFaultKind.Rollback, trust.Judge(_ceremony.Front("4", second), "pack", Now));
        Assert.Null(trust.Judge(_ceremony.Front("6", second), "pack", Now));
    }

    [Theory]
    [InlineData(-365)]
    [InlineData(-46)]
    [InlineData(44)]
    [InlineData(60)]
    [InlineData(89)]
    [InlineData(365)]
    [InlineData(36500)]
    public void Judge_WithAWrongClock_StillTakesAFreshPack(int days)
    {
        var trust = Trust().With(_ceremony.Front("1"));
        Assert.Null(trust.Judge(_ceremony.Front("2", created: Now), "pack", Now.AddDays(days)));
    }

    [Theory]
    [InlineData(-365, ClockState.Behind)]
    [InlineData(-0.5, ClockState.Believed)]
    [InlineData(0, ClockState.Believed)]
    [InlineData(45, ClockState.Believed)]
    [InlineData(46, ClockState.Ahead)]
    [InlineData(365, ClockState.Ahead)]
    public void Time_OfAWrongClock_IsReportedAndNotObeyed(double days, ClockState expected)
    {
        var time = Trust().Time(Ceremony.Start.AddDays(days));

        Assert.Equal(expected, time.Clock);
        Assert.Equal(expected == ClockState.Believed && days >= 0 ? Ceremony.Start.AddDays(days) : Ceremony.Start, time.Now);
    }

    private PackTrust Trust() => new(_ceremony.Root(), []);

    private static void AssertFault(PackFaultKind kind, PackFault? fault) => Assert.Equal(kind, fault?.Kind);
}
