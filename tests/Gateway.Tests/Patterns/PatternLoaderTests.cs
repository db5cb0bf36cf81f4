using System.Security.Cryptography;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Inspection.Detectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace MediaSecurityLite.Gateway.Tests.Patterns;

public sealed class PatternLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestPacks _packs;
    private readonly PatternState _state = new();
    private readonly PatternLoader _loader;

    public PatternLoaderTests()
    {
        _packs = new TestPacks(_folder.Path);
        var settings = TestSettings.Of(_folder.Path);
        _loader = new PatternLoader(
            settings with { Patterns = new PatternsOptions { TrustedKeys = _packs.Keys } }, _state, NullLogger<PatternLoader>.Instance);
    }

    public void Dispose()
    {
        _packs.Dispose();
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

    private bool Knows(string name)
    {
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        return _state.Set.FindName(System.Text.Encoding.ASCII.GetBytes(name), matches) > 0;
    }
}
