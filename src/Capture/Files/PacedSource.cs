using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Capture.Files;

/// <summary>
/// Plays a capture as if it happened now: the first frame at once, each further one after the pause that lay before it. After
/// the last one it stays idle, like a line on which nothing happens.
/// </summary>
public sealed class PacedSource(IFrameSource inner, TimeProvider time) : IFrameSource
{
    /// <summary>How long <see cref="MoveNext"/> waits for a frame that is not due.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    private readonly ManualResetEventSlim _never = new();
    private long _shift;
    private bool _hasStarted;
    private SourceStatus _pending = SourceStatus.Idle;

    public Frame Current => new(inner.Current.Bytes, inner.Current.Link, inner.Current.Timestamp + _shift);

    public long Dropped => inner.Dropped;

    public SourceStatus MoveNext()
    {
        if (_pending == SourceStatus.Idle)
        {
            _pending = inner.MoveNext();
            if (_pending == SourceStatus.Frame && !_hasStarted)
            {
                _hasStarted = true;
                _shift = Now() - inner.Current.Timestamp;
            }
        }

        if (_pending == SourceStatus.Frame && Current.Timestamp <= Now())
        {
            _pending = SourceStatus.Idle;
            return SourceStatus.Frame;
        }

        var due = _pending == SourceStatus.Frame ? TimeSpan.FromMicroseconds((Current.Timestamp - Now()) / 1000.0) : Wait;
        _never.Wait(due < Wait ? TimeSpan.FromMilliseconds(Math.Max(1, due.TotalMilliseconds)) : Wait);
        return SourceStatus.Idle;
    }

    public void Dispose()
    {
        _never.Dispose();
        inner.Dispose();
    }

    private long Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
}
