namespace MediaSecurityLite.Gateway.Updates;

/// <summary>Detections per minute, now and in the hour before: what tells a pack that blocks an office from one that finds something.</summary>
/// <remarks>One caller; a reading is cheap, so it may be taken every few seconds.</remarks>
internal sealed class BlockRate
{
    private const int Minutes = 60;

    private readonly long[] _perMinute = new long[Minutes];
    private long _minute = long.MinValue;
    private long _total;
    private int _known;

    /// <summary>Takes a reading.</summary>
    /// <param name="now">The time.</param>
    /// <param name="total">All detections since the agent's start.</param>
    public void Read(DateTimeOffset now, long total)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (_minute == long.MinValue)
        {
            (_minute, _total, _known) = (minute, total, 1);
            return;
        }

        for (var steps = Math.Clamp(minute - _minute, 0, Minutes); steps > 0; steps--)
        {
            _known = Math.Min(Minutes, _known + 1);
            _perMinute[(int)((ulong)(minute - steps + 1) % Minutes)] = 0;
        }

        _minute = Math.Max(_minute, minute);
        _perMinute[(int)((ulong)_minute % Minutes)] += Math.Max(0, total - _total);
        _total = total;
    }

    /// <summary>Of the last hour, or of what is known of it.</summary>
    public double PerMinute => _known == 0 ? 0 : (double)_perMinute.Sum() / _known;

    /// <summary>The most of this minute and the one before.</summary>
    public long Now => _minute == long.MinValue ? 0
        : Math.Max(_perMinute[(int)((ulong)_minute % Minutes)], _perMinute[(int)((ulong)(_minute - 1) % Minutes)]);
}
