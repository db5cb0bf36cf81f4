namespace MediaSecurityLite.SupportCenter.Console;

/// <summary>Tells open pages that something they show has changed. They look at the number once a second, so a burst costs one redraw.</summary>
internal sealed class ConsoleFeed
{
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public void Changed() => Interlocked.Increment(ref _version);
}
