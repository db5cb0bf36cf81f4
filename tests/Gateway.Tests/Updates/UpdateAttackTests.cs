using System.Net;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Tests.Updates;

/// <summary>
/// The attacks that The Update Framework names (specification 1.0, section 1.5.2), each against a box that has version 2 in force: the last
/// good pack keeps working, and the event says what happened.
/// </summary>
public sealed class UpdateAttackTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Publisher _publisher;
    private readonly Mirror _mirror;
    private readonly Box _box;

    public UpdateAttackTests()
    {
        _publisher = new Publisher(_folder.Path);
        _mirror = new Mirror(_publisher.Repository);
        _box = new Box(_publisher, _mirror, _folder.File("box"));
    }

    public async ValueTask InitializeAsync()
    {
        await _box.FollowAsync(_publisher.Publish("2"));
        Assert.Equal("2", _box.InForce);
        _mirror.Requests.Clear();
    }

    public ValueTask DisposeAsync()
    {
        _box.Dispose();
        _publisher.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ArbitraryInstallation_AChangedManifest_IsRefused()
    {
        var pack = _publisher.Build("3");
        pack[20] ^= 1;
        AssertRefused("bad-signature", await _box.FollowAsync(SmuggleFront(pack, "3")));
    }

    [Fact]
    public async Task WrongKey_APackThatAStrangerSigned_IsRefused()
    {
        using var stranger = Publisher.NewKey();
        AssertRefused("wrong-key", await _box.FollowAsync(_publisher.Smuggle(_publisher.Build("3", key: stranger))));
    }

    [Fact]
    public async Task Rollback_AnOlderPack_IsRefusedThoughItsSignatureIsGood()
    {
        await _box.FollowAsync(_publisher.Publish("4"));
        Assert.True(_box.Shelf.RollBack("base"));
        _box.Snapshots.ReloadPatterns();

        AssertRefused("rollback", await _box.FollowAsync(_publisher.Smuggle(_publisher.Build("3"))));
    }

    [Fact]
    public async Task Rollback_AnOlderPackOnOffer_IsNotEvenFetched()
    {
        Assert.Empty(await _box.FollowAsync(_publisher.Smuggle(_publisher.Build("1"))));

        Assert.Equal("2", _box.InForce);
        Assert.Empty(_mirror.Requests);
    }

    [Fact]
    public async Task Freeze_APackPastItsTime_IsRefused()
    {
        var old = _publisher.Smuggle(_publisher.Build("3", days: 10));
        _box.Time.Advance(TimeSpan.FromDays(11));
        AssertRefused("expired", await _box.FollowAsync(old));
    }

    [Fact]
    public async Task Freeze_NothingNewComes_IsReportedAndThePackInForceStays()
    {
        await _box.FollowAsync(_publisher.Publish("3", days: 10));
        _box.Time.Advance(TimeSpan.FromDays(11));
        _box.Updater.Watch();
        _box.Updater.Watch();

        var stale = Assert.Single(_box.Told(), happened => happened.Step == PatternsStep.Stale);
        Assert.Equal(("base", "3"), (stale.Pack, stale.ToVersion));
        Assert.True(_box.Knows("evil.example"));
    }

    [Fact]
    public async Task MixAndMatch_AManifestOfAnotherVersion_IsRefused()
    {
        var announced = _publisher.Smuggle(_publisher.Build("3"), asVersion: "4");
        AssertRefused("mix-and-match", await _box.FollowAsync(announced));
    }

    [Fact]
    public async Task MixAndMatch_AManifestOfAnotherPack_IsRefused()
    {
        var announced = _publisher.Smuggle(_publisher.Build("3", name: "other")) with { Name = "base" };
        AssertRefused("mix-and-match", await _box.FollowAsync(announced));
    }

    [Fact]
    public async Task MixAndMatch_ASectionOfAnotherVersion_IsRefused()
    {
        var (third, fourth) = (_publisher.Build("3", "third.example\n"), _publisher.Build("4", "fourth.example\n"));
        _publisher.Smuggle(third);
        var announced = _publisher.Smuggle(fourth);
        File.Copy(Blob(third, "names"), Blob(fourth, "names"), overwrite: true);

        var told = await _box.FollowAsync(announced);

        AssertRefused("damaged", told);
        Assert.Contains("section 'names'", told[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndlessData_AFileWithoutEnd_IsGivenUpAtItsBound()
    {
        var announced = _publisher.Publish("3", "third.example\n");
        var came = 0L;
        _mirror.Instead = path => path.StartsWith("manifests/", StringComparison.Ordinal)
            ? Mirror.Answer(new StreamContent(new Trickle(count =>
            {
                came += count;
                return count;
            })))
            : null;

        AssertRefused("endless-data", await _box.FollowAsync(announced));
        Assert.InRange(came, PackFront.MaxBytes, PackFront.MaxBytes + (1 << 20));
        Assert.True(Directory.GetFiles(_box.Shelf.Sections).Sum(file => new FileInfo(file).Length) <= PackFront.MaxBytes);
    }

    [Fact]
    public async Task SlowRetrieval_AFileThatTrickles_IsGivenUp()
    {
        var announced = _publisher.Publish("3", "third.example\n");
        _mirror.Instead = path => path.StartsWith("manifests/", StringComparison.Ordinal)
            ? Mirror.Answer(new StreamContent(new Trickle(_ =>
            {
                _box.Time.Advance(TimeSpan.FromSeconds(1));
                return 1;
            })))
            : null;

        AssertRefused("slow-retrieval", await _box.FollowAsync(announced));
    }

    [Fact]
    public async Task FastForward_WhoStoleTheKeySignedAVersionBeyondReach_TheBoxRecoversWhenTheKeyIsWithdrawn()
    {
        await _box.FollowAsync(_publisher.Publish("999999999.0"));
        Assert.Equal("999999999.0", _box.InForce);

        _publisher.ReplaceSigningKey();
        await _box.FollowAsync();
        Assert.False(_box.Knows("evil.example")); // nothing that the stolen key signed stays

        var told = await _box.FollowAsync(_publisher.Publish("5"));
        Assert.Equal(PatternsStep.Installed, told[^1].Step);
        Assert.Equal("5", _box.InForce);
    }

    [Fact]
    public async Task ExtraneousDependencies_SectionsThatNoManifestNames_AreNeitherFetchedNorTaken()
    {
        var announced = _publisher.Publish("3", "third.example\n");
        await File.WriteAllBytesAsync(Path.Combine(_publisher.Repository, "blobs", new string('a', 64)), [1, 2, 3], TestContext.Current.CancellationToken);
        await _box.FollowAsync(announced);
        Assert.DoesNotContain(_mirror.Requests, request => request.Contains(new string('a', 64), StringComparison.Ordinal));

        byte[] more = [.. _publisher.Build("4"), .. new byte[64], 1, 2, 3];
        var opening = PatternPack.Open(_publisher.Write("more.mslpack", more), _box.Trust.Read().Root.Signers);
        Assert.Equal(PackFaultKind.Damaged, opening.Fault?.Kind);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.PartialContent)]
    public async Task MaliciousMirror_ThatGivesNothing_IsReportedAndTriedAgainLater(HttpStatusCode code)
    {
        var announced = _publisher.Publish("3", "third.example\n");
        _mirror.Instead = _ => Mirror.Nothing(code);
        AssertRefused("unreachable", await _box.FollowAsync(announced));

        _mirror.Instead = _ => null;
        Assert.Empty(await _box.FollowAsync(announced)); // not at once, so that a sick mirror is not stormed
        _box.Time.Advance(_box.Options.RetryInterval);
        await _box.FollowAsync(announced);
        Assert.Equal("3", _box.InForce);
    }

    [Fact]
    public async Task MaliciousMirror_ThatGivesGarbage_IsReported()
    {
        var announced = _publisher.Publish("3", "third.example\n");
        _mirror.Instead = path => Mirror.Answer(new ByteArrayContent([1, 2, 3]));
        AssertRefused("damaged", await _box.FollowAsync(announced));
    }

    [Fact]
    public async Task KeyCompromise_ARootThatTheOldKeysDidNotSign_IsRefused()
    {
        using var stranger = new Publisher(Directory.CreateDirectory(_folder.File("stranger")).FullName);
        File.Copy(stranger.RootFile, Path.Combine(_publisher.Repository, "root", "2.json"));

        var told = await _box.FollowAsync();

        Assert.Equal(("root", PatternsStep.Refused, "root"), (told[0].Pack, told[0].Step, told[0].ReasonCode));
        Assert.True(_box.Knows("evil.example"));
    }

    [Theory]
    [InlineData(-365)]
    [InlineData(365)]
    public async Task WrongClock_OfAYear_LocksNobodyOut(int days)
    {
        using var box = new Box(_publisher, _mirror, _folder.File("box"), new(Publisher.Start.AddDays(days)));
        box.Updater.Watch();
        Assert.True(box.Knows("evil.example"));

        var told = await box.FollowAsync(_publisher.Publish("3", "third.example\n"));

        Assert.Equal(PatternsStep.Installed, told[^1].Step);
        Assert.True(box.Knows("third.example"));
    }

    /// <summary>A front whose signature is not good cannot be asked for its digest by the product's own code.</summary>
    private AnnouncedPack SmuggleFront(byte[] pack, string version)
    {
        Assert.True(PackFrame.TryRead(pack, out var frame));
        var front = pack[..(frame.SignatureOffset + PackFrame.SignatureBytes)];
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(front));
        File.WriteAllBytes(Path.Combine(_publisher.Repository, "manifests", digest), front);
        return new AnnouncedPack("base", version, digest, AnnouncedPack.Everybody);
    }

    private string Blob(byte[] pack, string section)
    {
        Assert.Null(PackImage.Check(pack, "pack", TrustedKeys.AnySigner, out var image));
        return Path.Combine(_publisher.Repository, "blobs", image.Manifest.Sections.Single(one => one.Name == section).Sha256);
    }

    private void AssertRefused(string code, IReadOnlyList<PatternsEvent> told)
    {
        Assert.Equal((PatternsStep.Refused, code), (told[^1].Step, told[^1].ReasonCode));
        Assert.NotNull(told[^1].Reason);
        Assert.True(_box.Knows("evil.example"));
        Assert.DoesNotContain(told, happened => happened.Step == PatternsStep.Installed);
    }
}
