using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Updates;

namespace MediaSecurityLite.Gateway.Tests.Updates;

public sealed class PackUpdaterTests : IDisposable
{
    private static readonly string ManyNames = string.Concat(Enumerable.Range(0, 5000).Select(i => $"host{i}.example{i % 97}.test\n"));

    private readonly TemporaryFolder _folder = new();
    private readonly Publisher _publisher;
    private readonly Mirror _mirror;
    private readonly Box _box;

    public PackUpdaterTests()
    {
        _publisher = new Publisher(_folder.Path);
        _mirror = new Mirror(_publisher.Repository);
        _box = new Box(_publisher, _mirror, _folder.File("box"));
    }

    public static TheoryData<PatternsStep> Steps => new(PatternsStep.Announced, PatternsStep.Downloaded, PatternsStep.Verified, PatternsStep.SelfTested, PatternsStep.BackTested);

    public void Dispose()
    {
        _box.Dispose();
        _publisher.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Follow_AnAnnouncedPack_GoesThroughEveryStepAndTellsEach()
    {
        var told = await _box.FollowAsync(_publisher.Publish("1"));

        Assert.Equal(
            [PatternsStep.Announced, PatternsStep.Downloaded, PatternsStep.Verified, PatternsStep.SelfTested, PatternsStep.BackTested, PatternsStep.Installed],
            told.Select(happened => happened.Step));
        Assert.All(told, happened => Assert.Equal(("base", "1"), (happened.Pack, happened.ToVersion)));
        Assert.True(told[^1].BytesTransferred > 0);
        Assert.True(_box.Knows("evil.example"));
        Assert.Empty(Directory.GetFiles(_box.Shelf.Sections));
    }

    [Fact]
    public async Task Follow_TheSameAgain_DoesNothing()
    {
        var announced = _publisher.Publish("1");
        await _box.FollowAsync(announced);
        _mirror.Requests.Clear();

        Assert.Empty(await _box.FollowAsync(announced));
        Assert.Empty(_mirror.Requests);
    }

    [Fact]
    public async Task Follow_OfTwoVersions_TakesTheHighestThatTheBoxTakesPartIn()
    {
        var first = _publisher.Publish("1");
        var second = _publisher.Publish("2") with { Share = 0 };
        await _box.FollowAsync(second, first);
        Assert.Equal("1", _box.InForce);

        await _box.FollowAsync(first, second with { Share = AnnouncedPack.Everybody });
        Assert.Equal("2", _box.InForce);
        await _box.FollowAsync(first); // the roll-out is stopped: nobody goes back
        Assert.Equal("2", _box.InForce);
    }

    [Fact]
    public async Task Follow_WithAnEarlierVersionInForce_FetchesDeltasAndWhatIsNew()
    {
        await _box.FollowAsync(_publisher.Publish("1", ManyNames));
        _mirror.Requests.Clear();
        var told = await _box.FollowAsync(_publisher.Publish("2", ManyNames + "new.example\n"));

        Assert.Equal("2", _box.InForce);
        Assert.True(_box.Knows("new.example"));
        Assert.Contains(_mirror.Requests, request => request.StartsWith("deltas/", StringComparison.Ordinal));
        Assert.DoesNotContain(_mirror.Requests, request => request.StartsWith("blobs/", StringComparison.Ordinal));
        Assert.InRange(told[^1].BytesTransferred!.Value, 1, new FileInfo(_box.Shelf.Current("base")).Length / 2);
    }

    [Fact]
    public async Task Follow_WhereTheDeltaIsBroken_FetchesTheWholeSection()
    {
        await _box.FollowAsync(_publisher.Publish("1", ManyNames));
        var second = _publisher.Publish("2", ManyNames + "new.example\n");
        _mirror.Instead = path => path.StartsWith("deltas/", StringComparison.Ordinal) ? Mirror.Answer(new ByteArrayContent([1, 2, 3])) : null;
        await _box.FollowAsync(second);

        Assert.True(_box.Knows("new.example"));
    }

    [Fact]
    public async Task Follow_WhereADownloadBreaks_GoesOnWhereItStopped()
    {
        var announced = _publisher.Publish("1", ManyNames);
        var broken = false;
        _mirror.Instead = path =>
        {
            var file = Path.Combine(_publisher.Repository, path);
            if (broken || !path.StartsWith("blobs/", StringComparison.Ordinal) || !File.Exists(file) || new FileInfo(file).Length < 10_000)
            {
                return null;
            }

            broken = true;
            var (bytes, at) = (File.ReadAllBytes(file)[..5000], 0);
            return Mirror.Answer(new StreamContent(new BrokenStream(bytes, () => at++)));
        };
        await _box.FollowAsync(announced);

        Assert.True(broken);
        Assert.Equal("1", _box.InForce);
        Assert.Contains(_mirror.Requests, request => request.EndsWith("@5000", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Resume_FromEachStep_ComesIntoForce(PatternsStep step)
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        await BringToAsync(step, _publisher.Publish("2", "second.example\n"));

        using var restarted = new Box(_publisher, _mirror, _box.Folder, _box.Time);
        Assert.Equal("1", restarted.InForce);
        await restarted.Updater.ResumeAsync(_ => restarted.Source, TestContext.Current.CancellationToken);

        Assert.Equal("2", restarted.InForce);
        Assert.True(restarted.Knows("second.example"));
        Assert.Equal(PatternsStep.Installed, restarted.Store.Read("base")?.Step);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Resume_WhereWhatWasFetchedIsGone_FetchesAgain(PatternsStep step)
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        await BringToAsync(step, _publisher.Publish("2", "second.example\n"));
        _box.Shelf.Clear("base");

        await _box.Updater.ResumeAsync(_ => _box.Source, TestContext.Current.CancellationToken);

        Assert.Equal("2", _box.InForce);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Resume_WhereTheDiskTurnedABit_TheLastGoodPackKeepsWorking(PatternsStep step)
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        await BringToAsync(step, _publisher.Publish("2", "second.example\n"));
        foreach (var file in Directory.GetFiles(_box.Shelf.Sections).Append(_box.Shelf.Candidate("base")).Where(File.Exists))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        }

        _box.Told();
        await _box.Updater.ResumeAsync(_ => _box.Source, TestContext.Current.CancellationToken);

        Assert.True(_box.Knows("evil.example"));
        var state = _box.Store.Read("base")!;
        Assert.True(state.Step is PatternsStep.Installed or PatternsStep.Refused, $"{state}");
        Assert.True(state.Step == PatternsStep.Installed || (state.Reason is not null && _box.InForce == "1"), $"{state}");
    }

    [Fact]
    public async Task Resume_AfterACrashBetweenTheRenamingAndItsRecord_FindsThePackInItsPlace()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        await BringToAsync(PatternsStep.BackTested, _publisher.Publish("2", "second.example\n"));
        _box.Shelf.Install("base");

        using var restarted = new Box(_publisher, _mirror, _box.Folder, _box.Time);
        await restarted.Updater.ResumeAsync(_ => restarted.Source, TestContext.Current.CancellationToken);

        Assert.Equal(PatternsStep.Installed, restarted.Store.Read("base")?.Step);
        Assert.Equal("2", restarted.InForce);
        restarted.Shelf.RollBack("base");
        restarted.Snapshots.ReloadPatterns();
        Assert.Equal("1", restarted.InForce); // the previous pack is still the one before
    }

    [Fact]
    public async Task BackTest_APackThatWouldBlockALotOfYesterdaysTraffic_IsRefusedWithFigures()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        var names = Enumerable.Range(0, _box.Options.MaxNewlyBlockedNames + 1).Select(i => $"shop{i}.example").ToList();
        for (var i = 0; i < names.Count; i++)
        {
            _box.Visit(names[i], (uint)(0x0A000001 + (i % 3)));
        }

        _box.Visit("evil.example"); // blocked already: not new
        var told = await _box.FollowAsync(_publisher.Publish("2", string.Concat(names.Select(name => name + "\n"))));

        Assert.Equal((PatternsStep.Refused, "back-test", names.Count, 3), (told[^1].Step, told[^1].ReasonCode, told[^1].NewlyBlockedNames, told[^1].Terminals));
        Assert.Contains("shop0.example", told[^1].Reason, StringComparison.Ordinal);
        Assert.Equal("1", _box.InForce);
    }

    [Fact]
    public async Task BackTest_APackThatWouldBlockAFew_ComesIntoForceAndSaysHowMany()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        _box.Visit("a.shop.example");
        _box.Visit("b.shop.example", 0x0A000002);
        _box.Visit("c.shop.example", 0x0A000002);
        var told = await _box.FollowAsync(_publisher.Publish("2", "shop.example\n"));

        Assert.Equal((PatternsStep.Installed, 3, 2), (told[^1].Step, told[^1].NewlyBlockedNames, told[^1].Terminals));
    }

    [Fact]
    public async Task SelfTest_APackThatAccusesTheSupportCentre_IsRefusedForGood()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        var announced = _publisher.Publish("2", "center.example\n");
        var told = await _box.FollowAsync(announced);

        Assert.Equal((PatternsStep.Refused, "self-test"), (told[^1].Step, told[^1].ReasonCode));
        Assert.Contains("center.example", told[^1].Reason, StringComparison.Ordinal);
        _box.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await _box.FollowAsync(announced));
    }

    [Theory]
    [InlineData("microsoft.com")]
    [InlineData("www.google.com")]
    public async Task SelfTest_APackThatAccusesANameOfTheTripwireList_IsRefused(string name)
    {
        var told = await _box.FollowAsync(_publisher.Publish("1", name + "\n"));

        Assert.Equal((PatternsStep.Refused, "self-test"), (told[^1].Step, told[^1].ReasonCode));
        Assert.Contains(name, told[^1].Reason, StringComparison.Ordinal);
        Assert.Null(_box.InForce);
    }

    [Fact]
    public async Task Watch_WhereNothingHappens_ConfirmsAfterTheProbation()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        _box.Updater.Watch();
        Assert.Empty(_box.Told());
        _box.Time.Advance(_box.Options.Probation);
        _box.Updater.Watch();

        Assert.Equal(PatternsStep.Confirmed, Assert.Single(_box.Told()).Step);
    }

    [Fact]
    public async Task Watch_WhereDetectionsExplode_BringsThePreviousPackBackForGood()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        var second = _publisher.Publish("2", "second.example\n");
        await _box.FollowAsync(second);
        _box.Updater.Watch();
        _box.Detect(_box.Options.RollbackFloor + 1);
        _box.Updater.Watch();

        var told = Assert.Single(_box.Told());
        Assert.Equal((PatternsStep.RolledBack, "blocks-exploded", "2", "1"), (told.Step, told.ReasonCode, told.ToVersion, told.FromVersion));
        Assert.Equal("1", _box.InForce);
        Assert.False(_box.Knows("second.example"));
        _box.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await _box.FollowAsync(second));
        await _box.FollowAsync(_publisher.Publish("3", "third.example\n"));
        Assert.Equal("3", _box.InForce);
    }

    [Fact]
    public async Task Watch_WhereThereWereAsManyDetectionsBefore_LetsThePackStay()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        _box.Updater.Watch();
        for (var minute = 0; minute < 60; minute++)
        {
            _box.Detect(20);
            _box.Updater.Watch();
            _box.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await _box.FollowAsync(_publisher.Publish("2", "second.example\n"));
        _box.Updater.Watch();
        _box.Detect(60);
        _box.Updater.Watch();

        Assert.Equal("2", _box.InForce);
    }

    [Fact]
    public async Task FullDisk_AtTheDownload_IsReportedAndTheLastGoodPackKeepsWorking()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        using var small = SmallDisk.TryMount(_box.Shelf.Sections, "size=16k");
        Assert.SkipWhen(small is null, "only root may mount a small disk");
        var announced = _publisher.Publish("2", ManyNames);

        var told = await _box.FollowAsync(announced);

        Assert.Equal((PatternsStep.Refused, "disk-full"), (told[^1].Step, told[^1].ReasonCode));
        Assert.True(_box.Knows("evil.example"));
        small.Dispose();
        _box.Time.Advance(_box.Options.RetryInterval);
        await _box.FollowAsync(announced);
        Assert.Equal("2", _box.InForce);
    }

    [Fact]
    public async Task FullDisk_AtTheAssembly_IsReportedAndTheLastGoodPackKeepsWorking()
    {
        await _box.FollowAsync(_publisher.Publish("1"));
        using var small = SmallDisk.TryMount(Path.GetDirectoryName(_box.Shelf.Candidate("base"))!, "size=16k");
        Assert.SkipWhen(small is null, "only root may mount a small disk");

        var told = await _box.FollowAsync(_publisher.Publish("2", ManyNames));

        Assert.Equal((PatternsStep.Refused, "disk-full"), (told[^1].Step, told[^1].ReasonCode));
        Assert.True(_box.Knows("evil.example"));
    }

    [Fact]
    public void Transitions_NeverSkipACheck()
    {
        var state = new UpdateState
        {
            Pack = "base", Version = "1", ManifestSha256 = "", Base = "", Step = PatternsStep.Announced, Since = default,
        };
        foreach (var from in Enum.GetValues<PatternsStep>().Where(step => step is not PatternsStep.Stale))
        {
            Assert.Equal(from == PatternsStep.BackTested, (state with { Step = from }).MayBecome(PatternsStep.Installed));
        }

        Assert.Throws<InvalidOperationException>(() => state.To(PatternsStep.Installed, default));
    }

    private async Task BringToAsync(PatternsStep step, AnnouncedPack pack)
    {
        var state = new UpdateState
        {
            Pack = pack.Name, FromVersion = _box.InForce, Version = pack.Version, ManifestSha256 = pack.ManifestSha256,
            Base = Mirror.Base, Step = PatternsStep.Announced, Since = _box.Time.GetUtcNow(),
        };
        while (state.Step != step)
        {
            state = await _box.Update.StepAsync(state, _box.Source, _box.Snapshot.Current.Policy, TestContext.Current.CancellationToken);
        }

        _box.Store.Write(state);
    }

    /// <summary>Gives its bytes and then breaks off.</summary>
    private sealed class BrokenStream(byte[] bytes, Func<int> read) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            read() == 0 ? base.ReadAsync(buffer, cancellationToken) : throw new HttpIOException(HttpRequestError.ResponseEnded);
    }
}
