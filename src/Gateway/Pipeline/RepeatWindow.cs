using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>What makes two detections the same to a person: the terminal, the rule and the function.</summary>
internal readonly record struct RepeatKey(IpAddress Terminal, string Rule, DetectionKind Kind)
{
    public static RepeatKey Of(Detection detection) => new(detection.Terminal, detection.Rule, detection.Kind);
}

/// <summary>The time after a first sight in which repeats are only counted.</summary>
internal sealed class RepeatWindow(RepeatKey key, long endsAt)
{
    public RepeatKey Key { get; } = key;

    /// <summary>By the clock's monotonic timestamp.</summary>
    public long EndsAt { get; } = endsAt;

    public long Repeats { get; private set; }

    public long FirstRepeat { get; private set; }

    public Detection? Newest { get; private set; }

    public void Add(Detection detection)
    {
        if (Repeats++ == 0)
        {
            FirstRepeat = detection.Timestamp;
        }

        Newest = detection;
    }
}
