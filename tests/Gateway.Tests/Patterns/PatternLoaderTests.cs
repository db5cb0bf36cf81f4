using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Updates;
using MediaSecurityLite.Inspection.Detectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace MediaSecurityLite.Gateway.Tests.Patterns;

public sealed class PatternLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestPacks _packs;
    private readonly EventOutbox _outbox = new();
    private readonly PatternState _state = new();
    private readonly PatternLoader _loader;

    public PatternLoaderTests()
    {
        _packs = new TestPacks(_folder.Path);
        var settings = TestSettings.Of(_folder.Path);
        _loader = new PatternLoader(
            settings with { Patterns = new PatternsOptions { Root = _packs.Root } },
            _state,
            new PatternEvents(_outbox, TimeProvider.System, NullLogger<PatternEvents>.Instance),
            NullLogger<PatternLoader>.Instance);
    }

    public void Dispose()
    {
        _packs.Dispose();
        _outbox.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Load_NoFolder_IsNoPack()
    {
        Directory.Delete(_packs.Packs);
        _loader.Load();

        Assert.Null(_state.Version);
        Assert.Empty(_state.Packs);
    }

    [Fact]
    public void Load_GoodPack_IsInForce()
    {
        _packs.Write("a.mslpack", "2026.4.1");
        _loader.Load();

        Assert.Equal("2026.4.1", _state.Version);
        Assert.True(Knows("evil.example"));
    }

    [Fact]
    public void Load_DamagedPack_IsRefusedAndSaysWhy()
    {
        TestPacks.Damage(_packs.Write("a.mslpack", "2026.4.1"));
        _loader.Load();

        Assert.Null(_state.Version);
        Assert.NotNull(Assert.Single(_state.Packs).Fault);
    }

    [Fact]
    public void Load_PackOfAnotherKey_IsRefused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _packs.Write("a.mslpack", "2026.4.1", stranger);
        _loader.Load();

        Assert.Null(_state.Version);
        Assert.NotNull(Assert.Single(_state.Packs).Fault);
    }

    [Fact]
    public void Load_NewerPackIsBad_TheGoodOneStays()
    {
        var file = _packs.Write("a.mslpack", "2026.4.1");
        _loader.Load();
        _packs.Write("a.mslpack", "2026.4.2");
        TestPacks.Damage(file);
        _loader.Load();

        Assert.Equal("2026.4.1", _state.Version);
        Assert.True(Knows("evil.example"));
        Assert.NotNull(Assert.Single(_state.Packs).Fault);
    }

    [Fact]
    public void Load_NewerPack_TakesOver()
    {
        _packs.Write("a.mslpack", "2026.4.1");
        _loader.Load();
        _packs.Write("a.mslpack", "2026.4.2");
        _loader.Load();

        Assert.Equal("2026.4.2", _state.Version);
        Assert.Null(Assert.Single(_state.Packs).Fault);
    }

    [Fact]
    public void Load_MorePacksThanASetHolds_RefusesTheLastByName()
    {
        for (var i = 0; i < 9; i++)
        {
            _packs.Write($"{i}.mslpack", $"2026.4.{i}");
        }

        _loader.Load();

        Assert.Equal("8.mslpack", Assert.Single(_state.Packs, pack => pack.Fault is not null).File);
        Assert.Equal("2026.4.7", _state.Version);
    }

    [Fact]
    public void Load_PackInForceGoesBadWhileTheAgentIsDown_ThePreviousOneComesBackAndTheEventSaysSo()
    {
        var file = _packs.Write("a.mslpack", "2026.4.2");
        Directory.CreateDirectory(Path.Combine(_packs.Packs, "previous"));
        File.Copy(_packs.Write("old.mslpack", "2026.4.1"), Path.Combine(_packs.Packs, "previous", "a.mslpack"));
        File.Delete(Path.Combine(_packs.Packs, "old.mslpack"));
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        _loader.Load();

        Assert.Equal("2026.4.1", _state.Version);
        Assert.True(Knows("evil.example"));
        Assert.True(_outbox.Queue.TryRead(out var happened));
        var told = Assert.IsType<OutboundEvent<PatternsEvent>>(happened).Data;
        Assert.Equal(("a", PatternsStep.Refused, "damaged", "2026.4.1"), (told.Pack, told.Step, told.ReasonCode, told.FromVersion));
        Assert.Contains("section", told.Reason, StringComparison.Ordinal);
    }

    private bool Knows(string name)
    {
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        return _state.Set.FindName(System.Text.Encoding.ASCII.GetBytes(name), matches) > 0;
    }
}
