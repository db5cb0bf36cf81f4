using MediaSecurityLite.Lab.Network;
using MediaSecurityLite.Lab.Processes;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.EndToEnd.Tests.Network;

public sealed class NetworkLabTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("browse")]
    [InlineData("category")]
    [InlineData("application")]
    [InlineData("infection")]
    public async Task PlayAsync_EveryScenario_RealClientsReachRealServers(string name)
    {
        Requires.NetworkLab();
        await using var lab = await NetworkLab.StartAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        List<Visit> made = [];

        await lab.Terminal.PlayAsync(Scenario.Find(name), made.Add, TestContext.Current.CancellationToken);

        Assert.Equal(Scenario.Find(name).Visits, made);
    }

    [Fact]
    public async Task DisposeAsync_LeavesNothingOnTheMachine()
    {
        Requires.NetworkLab();
        var lab = await NetworkLab.StartAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        var folder = lab.Folder;
        var name = lab.Namespaces.Client;

        await lab.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        Assert.False(Directory.Exists($"/etc/netns/{name}"));
        Assert.False(File.Exists($"/run/netns/{name}"));
    }

    [Fact]
    public async Task Down_AfterTheLabWasKilled_RemovesItsLeftoversAndNotALivingRun()
    {
        Requires.NetworkLab();
        await using var living = await NetworkLab.StartAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        var killed = await StartUpAsync();
        var resolver = Directory.GetDirectories("/etc/netns", "msl-*-client").Single(path => !path.EndsWith(living.Namespaces.Client, StringComparison.Ordinal));
        var client = Path.GetFileName(resolver);
        await killed.StopAsync(Signals.Kill);

        await ChildProcess.RunAsync(new Command(ProductPrograms.Lab, "down"), Limit, TestContext.Current.CancellationToken);

        Assert.False(File.Exists($"/run/netns/{client}"));
        Assert.False(Directory.Exists(resolver));
        Assert.True(File.Exists($"/run/netns/{living.Namespaces.Client}"));
        await living.Terminal.PlayAsync(Scenario.Browse, _ => { }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Up_Terminated_CleansUpAfterItself()
    {
        Requires.NetworkLab();
        var before = Directory.GetFiles("/run/netns", "msl-*");
        var up = await StartUpAsync();
        Assert.NotEqual(before, Directory.GetFiles("/run/netns", "msl-*"));

        await up.StopAsync(Signals.Terminate);

        Assert.Equal(0, await up.WaitForExitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(before, Directory.GetFiles("/run/netns", "msl-*"));
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("run nosuch")]
    [InlineData("capture browse")]
    public async Task CommandLine_WrongUsage_OneLineAndExit2(string line)
    {
        var result = await ChildProcess.RunAsync(new Command(ProductPrograms.Lab, line.Split(' ')), Limit, TestContext.Current.CancellationToken);

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Output.Split('\n'));
    }

    private static async Task<ChildProcess> StartUpAsync()
    {
        var up = await ChildProcess.StartAsync(new Command(ProductPrograms.Lab, "up"));
        await up.WaitForLineAsync(line => line.Contains("Ctrl-C", StringComparison.Ordinal), Limit, TestContext.Current.CancellationToken);
        return up;
    }
}
