namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>The thread that owns the packet path; nothing asynchronous runs on it.</summary>
internal static class PacketThread
{
    /// <summary>Runs the loop on a thread of its own.</summary>
    /// <returns>Ends as the loop ends, with what it threw.</returns>
    public static Task Run(Action loop)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                loop();
                ended.SetResult();
            }
            catch (Exception e)
            {
                // The thread's edge: the host sees the failure and ends the process.
                ended.SetException(e);
            }
        })
        { Name = "packets" };
        thread.Start();
        return ended.Task;
    }
}
