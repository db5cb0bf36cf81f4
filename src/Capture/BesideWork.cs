using System.Runtime.ExceptionServices;

namespace MediaSecurityLite.Capture;

/// <summary>
/// One piece of input or output that goes on beside its owner, on a thread of the pool: inspecting does not wait for the kernel
/// to copy. At most one piece at a time; the owner waits for it before it begins the next.
/// </summary>
/// <param name="piece">What is done each time.</param>
public sealed class BesideWork(Action piece) : IThreadPoolWorkItem, IDisposable
{
    private readonly ManualResetEventSlim _done = new(initialState: true);
    private ExceptionDispatchInfo? _fault;

    /// <summary>Begins a piece; the one before must have been waited for.</summary>
    public void Begin()
    {
        _done.Reset();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits for the piece that was begun last, and throws what it threw.</summary>
    public void Wait()
    {
        _done.Wait();
        var fault = _fault;
        _fault = null;
        fault?.Throw();
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            piece();
        }
        catch (Exception fault)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
        finally
        {
            _done.Set();
        }
    }

    /// <summary>Waits for the last piece, whatever came of it.</summary>
    public void Dispose()
    {
        _done.Wait();
        _done.Dispose();
    }
}
