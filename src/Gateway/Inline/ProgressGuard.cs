using MediaSecurityLite.Gateway.Pipeline;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Inline;

/// <summary>
/// Ends the process when the packet path hangs: dead, the kernel goes round it at once; hanging, it holds up every new flow of
/// the office. A thread of its own, because what hangs may hold the pool's.
/// </summary>
/// <remarks>It counts its own looks and not the time: a process that was stopped and goes on has not hung.</remarks>
internal sealed class ProgressGuard(PacketCounters packets, Action<string> end) : IHostedService, IDisposable
{
    /// <summary>Eight looks, a second: the packet path turns every 100 ms even without packets.</summary>
    public const int MaxLooks = 8;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(125);

    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;
    private long _seen = -1;
    private int _looks;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Run) { Name = "progress", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Set();
        _thread?.Join();
        return Task.CompletedTask;
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>One look at the packet path.</summary>
    public void Look()
    {
        var turns = packets.Turns;
        _looks = turns == _seen ? _looks + 1 : 0;
        _seen = turns;
        if (_looks >= MaxLooks)
        {
            end("The packet path has made no progress for a second; ending the process, so that the line goes on without it");
        }
    }

    private void Run()
    {
        while (!_stop.Wait(Period))
        {
            Look();
        }
    }
}
