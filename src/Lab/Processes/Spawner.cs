using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace MediaSecurityLite.Lab.Processes;

/// <summary>
/// The one thread that starts programs. The kernel's parent-death signal fires when the <em>thread</em> that forked ends, so
/// a thread-pool thread must not fork: its retirement would kill the child. This thread lives as long as the lab.
/// </summary>
internal static class Spawner
{
    private static readonly BlockingCollection<Action> Queue = StartThread();

    public static Task<Process> StartAsync(Command command)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(command.ToStartInfo())!);
            }
            catch (Win32Exception failure)
            {
                started.SetException(new LabException($"cannot start {command.Program}: {failure.Message}", failure));
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> StartThread()
    {
        var queue = new BlockingCollection<Action>(boundedCapacity: 64);
        var thread = new Thread(() =>
        {
            foreach (var start in queue.GetConsumingEnumerable())
            {
                start();
            }
        })
        {
            IsBackground = true,
            Name = "spawner",
        };
        thread.Start();
        return queue;
    }
}
