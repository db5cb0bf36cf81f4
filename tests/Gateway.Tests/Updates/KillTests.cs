using System.Diagnostics;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Tests.Updates;

/// <summary>SIGKILL at any moment of an installation, with the real program: the old pack or the new one is in force, and it can be done again.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 12;

    private readonly TemporaryFolder _folder = new();
    private readonly Publisher _publisher;

    public KillTests() => _publisher = new Publisher(_folder.Path);

    private string Config => _folder.File("mslgw.json");

    public void Dispose()
    {
        _publisher.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Kill_WhileAPackIsInstalled_LeavesAWholePackInForce()
    {
        var now = TimeProvider.System.GetUtcNow();
        await File.WriteAllTextAsync(Config, $$"""
            { "DataDirectory": "{{_folder.File("data")}}", "RuntimeDirectory": "{{_folder.File("run")}}", "Patterns:Root": "{{_publisher.RootFile}}" }
            """, TestContext.Current.CancellationToken);
        var names = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"host{i}.example{i % 997}.test\n"));
        var first = _publisher.Write("base-1.mslpack", _publisher.Build("1", names, now));
        var second = _publisher.Write("base-2.mslpack", _publisher.Build("2", names + "second.example\n", now));
        var whole = await InstallAsync(first);
        Assert.Equal("1", InForce());

        for (var i = 0; i < Kills; i++)
        {
            await using var install = AgentProcess.Start("patterns", "install", second, "--config", Config);
            await Task.Delay(whole * (i + 1) / (Kills + 1), TestContext.Current.CancellationToken);
            await install.KillAsync();
            Assert.True(InForce() is "1" or "2", "neither pack is whole");
        }

        await InstallAsync(second);
        Assert.Equal("2", InForce());
        Assert.Empty(Directory.GetFiles(_folder.File("data/packs/sections")));
    }

    private async Task<TimeSpan> InstallAsync(string pack)
    {
        var start = Stopwatch.GetTimestamp();
        await using var install = AgentProcess.Start("patterns", "install", pack, "--config", Config);
        Assert.True(await install.ExitAsync() == 0, install.Output);
        return Stopwatch.GetElapsedTime(start);
    }

    private string? InForce()
    {
        var settings = GatewaySettings.Read(Config);
        var trust = settings.Patterns.TrustIn(settings.Gateway.DataDirectory).Read();
        using var pack = PatternPack.Open(settings.Patterns.ShelfIn(settings.Gateway.DataDirectory).Current("base"), trust.Root.Signers).Pack;
        return pack?.Version;
    }
}
