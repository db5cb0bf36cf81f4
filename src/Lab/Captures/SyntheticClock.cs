namespace MediaSecurityLite.Lab.Captures;

/// <summary>The time of made traffic: it moves only when the traffic says so.</summary>
internal sealed class SyntheticClock(DateTimeOffset start)
{
    public DateTimeOffset Now { get; private set; } = start;

    public void Advance(TimeSpan by) => Now += by;
}
