using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MediaSecurityLite.SupportCenter.Tests.Cli;

/// <summary>The program as it is started by people and by the service manager.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_WrongSetting_IsOneLineAndExit78()
    {
        var (exit, output, error) = await RunAsync("run", "--config", Settings(broker: "\"Port\": 99999"));

        Assert.Equal(78, exit);
        Assert.Empty(output);
        Assert.Equal("mslcenter: Broker:Port must be 0 to 65535, not 99999", error.Trim());
    }

    [Fact]
    public async Task Run_PortInUse_IsOneLineAndExit1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exit, _, error) = await RunAsync("run", "--config", Settings(broker: $"\"Port\": {port}"));

        Assert.Equal(1, exit);
        Assert.Contains($"127.0.0.1:{port}", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("admin", "patterns", "release", "starter", "1", "--channel", "everyone")]
    [InlineData("admin", "patterns", "rollout", "stop", "first")]
    [InlineData("admin", "gateway", "add", "NOT-LOWER", "--name", "n", "--mail", "a@example.com", "--out", "out")]
    [InlineData("admin", "gateway", "add", "gw-1", "--name", "n", "--mail", "nobody", "--out", "out")]
    [InlineData("admin", "gateway", "add", "gw-1", "--name", "a\nb", "--mail", "a@example.com", "--out", "out")]
    [InlineData("admin", "gateway", "add", "gw-1", "--name", "n", "--mail", "a@example.com", "--language", "fr", "--out", "out")]
    public async Task BadUsage_IsOnStandardErrorAndExit2(params string[] arguments)
    {
        var (exit, output, error) = await RunAsync(arguments);

        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.All(error.Trim().Split('\n'), line => Assert.StartsWith("mslcenter: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gateway_AddListRemove_Works()
    {
        var config = Settings();
        string[] add = ["admin", "gateway", "add", "gw-1", "--name", "山田商店", "--mail", "a@example.com", "--out", _folder["out"], "--config", config];

        Assert.Equal(0, (await RunAsync(add)).Exit);
        var again = await RunAsync(add);
        Assert.Equal((1, "mslcenter: gateway gw-1 is registered already"), (again.Exit, again.Error.Trim()));
        Assert.Equal("gw-1\tnever\tja\t山田商店", (await RunAsync("admin", "gateway", "list", "--config", config)).Output.Trim());
        Assert.Equal(0, (await RunAsync("admin", "gateway", "remove", "gw-1", "--config", config)).Exit);
        Assert.Equal(1, (await RunAsync("admin", "gateway", "remove", "gw-1", "--config", config)).Exit);
        Assert.Empty((await RunAsync("admin", "gateway", "list", "--config", config)).Output);
    }

    [Fact]
    public async Task Gateway_AddIntoAFolderWithACredential_RegistersNothing()
    {
        var config = Settings();
        Directory.CreateDirectory(_folder["out"]);
        await File.WriteAllTextAsync(_folder["out/gateway.key"], "theirs", Token);

        var (exit, _, error) = await RunAsync(
            "admin", "gateway", "add", "gw-1", "--name", "n", "--mail", "a@example.com", "--out", _folder["out"], "--config", config);

        Assert.Equal(1, exit);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Empty((await RunAsync("admin", "gateway", "list", "--config", config)).Output);
    }

    [Fact]
    public async Task Run_UntilTerminated_PrintsThePageAndEndsWithExit0()
    {
        using var center = Start(["run", "--config", Settings()]);
        var errors = center.StandardError.ReadToEndAsync(Token);

        var line = await center.StandardOutput.ReadLineAsync(Token);
        using (var stop = Process.Start("kill", ["-TERM", $"{center.Id}"]))
        {
            await stop.WaitForExitAsync(Token);
        }

        await center.WaitForExitAsync(Token);
        Assert.Matches(@"^mslcenter: page http://127\.0\.0\.1:\d+/ gateways mqtts://127\.0\.0\.1:\d+ patterns https://127\.0\.0\.1:\d+/patterns$", line);
        Assert.Equal(0, center.ExitCode);
        Assert.Empty(await errors);
    }

    [Fact]
    public async Task Patterns_ImportReleaseStopResumeEnd_Works()
    {
        var config = Settings();
        var repository = new Packs.TestRepository(_folder["repository"]);
        repository.AddRoot(1);
        var manifest = repository.AddPack("2026.11.25", "section"u8.ToArray());

        Assert.Equal(
            "imported starter 2026.11.25\n1 new versions, 3 new files",
            (await AdminAsync("patterns", "import", _folder["repository"])).Output.Split(", ")[..2] is var said ? string.Join(", ", said) : "");
        Assert.EndsWith(manifest, (await AdminAsync("patterns", "list")).Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(
            "rollout 1: starter 2026.11.25 on stable, 1 % of the gateways",
            (await AdminAsync("patterns", "release", "starter", "2026.11.25", "--channel", "stable")).Output.TrimEnd());
        Assert.Equal(1, (await AdminAsync("patterns", "release", "starter", "2026.11.25", "--channel", "stable")).Exit);
        Assert.Equal("mslcenter: starter 3 is not imported", (await AdminAsync("patterns", "release", "starter", "3", "--channel", "canary")).Error.TrimEnd());
        Assert.Equal("stopped 1", (await AdminAsync("patterns", "rollout", "stop", "1")).Output.TrimEnd());
        Assert.Matches(
            @"^1\tStopped\tstable\tstarter\t2026\.11\.25\t1 %\t\S+Z\t0\t0\t0\tOperator$", (await AdminAsync("patterns", "rollout", "status")).Output.TrimEnd());
        Assert.Equal("resumed 1", (await AdminAsync("patterns", "rollout", "resume", "1")).Output.TrimEnd());
        Assert.Equal("ended 1", (await AdminAsync("patterns", "rollout", "end", "1")).Output.TrimEnd());
        Assert.Equal("mslcenter: rollout 1 is Ended and cannot be resumed", (await AdminAsync("patterns", "rollout", "resume", "1")).Error.TrimEnd());
        Assert.Equal("mslcenter: there is no rollout 2", (await AdminAsync("patterns", "rollout", "stop", "2")).Error.TrimEnd());

        Task<(int Exit, string Output, string Error)> AdminAsync(params string[] arguments) => RunAsync(["admin", .. arguments, "--config", config]);
    }

    [Fact]
    public async Task Patterns_ImportOfADamagedRepository_IsOneLineAndExit1()
    {
        var repository = new Packs.TestRepository(_folder["repository"]);
        repository.AddRoot(1);
        repository.Damage($"manifests/{repository.AddPack("1", "section"u8.ToArray())}");

        var (exit, output, error) = await RunAsync("admin", "patterns", "import", _folder["repository"], "--config", Settings());

        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith("mslcenter: nothing imported: manifests/", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private string Settings(string broker = "\"Port\": 0")
    {
        var file = _folder["settings.json"];
        File.WriteAllText(file, $$"""
            {
              "DataDirectory": "{{_folder["data"]}}",
              "Broker": { "Address": "127.0.0.1", {{broker}} },
              "Packs": { "Address": "127.0.0.1", "Port": 0 },
              "Console": { "Url": "http://127.0.0.1:0" }
            }
            """);
        return file;
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "mslcenter.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
