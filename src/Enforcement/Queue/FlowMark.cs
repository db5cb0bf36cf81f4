namespace MediaSecurityLite.Enforcement.Queue;

/// <summary>
/// What the queue's verdict says to the rule set, in two bits of the packet's mark; the rule set keeps it in the connection's
/// mark, from where it acts on every later packet without us. The other bits belong to others and stay.
/// </summary>
internal static class FlowMark
{
    /// <summary>The bits that are ours.</summary>
    public const uint Mask = 0x3000_0000;

    /// <summary>The flow is decided: it passes, and is not queued any more. Our own packets carry it too.</summary>
    public const uint Pass = 0x1000_0000;

    /// <summary>The flow is blocked, and the kernel tells the terminal so (TCP reset, ICMP). In a connection's mark: blocked.</summary>
    public const uint Refuse = 0x2000_0000;

    /// <summary>The flow is blocked, and the packet disappears: the terminal has our answer.</summary>
    public const uint Swallow = 0x3000_0000;

    public static uint With(uint mark, uint value) => (mark & ~Mask) | value;
}

/// <summary>What happens to a queued packet.</summary>
/// <param name="IsDrop">It goes no further, and nothing is noted for its flow.</param>
/// <param name="Mark">A <see cref="FlowMark"/>; 0 leaves the flow undecided.</param>
internal readonly record struct QueueVerdict(bool IsDrop, uint Mark)
{
    /// <summary>The packet passes; the flow's next one comes here again.</summary>
    public static QueueVerdict Continue => default;

    public static QueueVerdict Pass => new(false, FlowMark.Pass);

    public static QueueVerdict Refuse => new(false, FlowMark.Refuse);

    public static QueueVerdict Swallow => new(false, FlowMark.Swallow);

    public static QueueVerdict Drop => new(true, 0);
}
