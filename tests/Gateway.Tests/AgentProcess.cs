using System.Diagnostics;
using System.Text;
using MediaSecurityLite.Gateway.Health;

namespace MediaSecurityLite.Gateway.Tests;

/// <summary>The real program in a process of its own, as systemd would run it.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly StringBuilder _output = new(); // guarded by itself

    private AgentProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The published program if a run names one (<c>GATEWAY_TEST_PROGRAM</c>), else the one built beside the tests.</summary>
    public static AgentProcess Start(params string[] arguments)
    {
        var program = Environment.GetEnvironmentVariable("GATEWAY_TEST_PROGRAM");
        var start = new ProcessStartInfo(program ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (program is null)
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "mslgw.dll"));
        }

        start.Environment.Remove("GATEWAY_TEST_PROGRAM");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new AgentProcess(Process.Start(start)!);
    }

    public async Task<int> ExitAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks through the control socket until the status is as it must become.</summary>
    public async Task<StatusReport> StatusAsync(string socket, Func<StatusReport, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        StatusReport? last = null;
        try
        {
            while (true)
            {
                Assert.False(_process.HasExited, Output);
                if (File.Exists(socket))
                {
                    try
                    {
                        last = await StatusClient.ReadAsync(socket, patience.Token);
                        if (wanted(last))
                        {
                            return last;
                        }
                    }
                    catch (System.Net.Sockets.SocketException)
                    {
                        // Bound but not yet listening, or left by a killed agent.
                    }
                }

                await Task.Delay(20, patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"the status never became as wanted; last: {last}{Environment.NewLine}{Output}");
            throw;
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>SIGTERM, as <c>systemctl stop</c> sends it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
