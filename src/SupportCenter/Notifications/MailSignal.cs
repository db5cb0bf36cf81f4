namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>Wakes the dispatcher after mails were committed. Setting it twice is setting it once; the database is the queue.</summary>
internal sealed class MailSignal : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);

    public void Set()
    {
        try
        {
            _set.Release();
        }
        catch (SemaphoreFullException)
        {
            // Set already and not yet seen: the one wake-up covers both.
        }
    }

    /// <summary>Waits until set, at most <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _set.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The longest wait is over.
        }
    }

    public void Dispose() => _set.Dispose();
}
