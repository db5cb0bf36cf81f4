using System.Diagnostics;

namespace MediaSecurityLite.Lab.Processes;

/// <summary>A running program with its output by lines. Disposing ends it: SIGTERM, and SIGKILL after <see cref="Grace"/>.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Older lines are dropped, so that a talkative program cannot fill the memory.</summary>
    private const int MaxLines = 20_000;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly Process _process;
    private readonly Task _ended;

    private ChildProcess(Command command, Process process)
    {
        Command = command;
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ended = WaitForEndAsync();
    }

    public Command Command { get; }

    public int Id => _process.Id;

    public bool IsRunning => !_ended.IsCompleted;

    /// <summary>What it wrote so far, standard output and standard error in the order of arrival.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public static async Task<ChildProcess> StartAsync(Command command) =>
        new(command, await Spawner.StartAsync(command));

    /// <summary>Runs a program to its end.</summary>
    public static async Task<CommandResult> RunAsync(Command command, TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var child = await StartAsync(command);
        var exitCode = await child.WaitForExitAsync(limit, cancellationToken);
        return new CommandResult(command, exitCode, child.Output);
    }

    public async Task<int> WaitForExitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await _ended.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new LabException($"'{Command}' did not end within {limit.TotalSeconds:0} s");
        }

        return _process.ExitCode;
    }

    /// <summary>Waits until the program writes a line, or has written it already.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> wanted, TimeSpan limit, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.Find(line => wanted(line)) is { } already)
            {
                return already;
            }

            _waiting.Add((wanted, found));
        }

        var first = await Task.WhenAny(found.Task, _ended).WaitAsync(limit, cancellationToken);
        return first == found.Task ? await found.Task : throw new LabException($"'{Command}' ended early: {LastLine()}");
    }

    public void Signal(int signal)
    {
        if (IsRunning)
        {
            Signals.Send(Id, signal);
        }
    }

    /// <summary>Ends the program and waits until it is gone.</summary>
    public async Task StopAsync(int signal = Signals.Terminate)
    {
        Signal(signal);
        if (await Task.WhenAny(_ended, Task.Delay(Grace)) != _ended)
        {
            Signal(Signals.Kill);
            await _ended;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    public string LastLine()
    {
        lock (_gate)
        {
            return _lines.Count == 0 ? "it wrote nothing" : _lines[^1];
        }
    }

    private async Task WaitForEndAsync() => await _process.WaitForExitAsync();

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_lines.Count == MaxLines)
            {
                _lines.RemoveRange(0, MaxLines / 2);
            }

            _lines.Add(line);
            foreach (var (wanted, found) in _waiting)
            {
                if (wanted(line))
                {
                    found.TrySetResult(line);
                }
            }
        }
    }
}
