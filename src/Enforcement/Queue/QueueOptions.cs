namespace MediaSecurityLite.Enforcement.Queue;

/// <summary>How one queue is read.</summary>
public sealed record QueueOptions
{
    /// <summary>The kernel's number of the queue.</summary>
    public required ushort Number { get; init; }

    /// <summary>
    /// Packets that wait at once. Only the first packets of flows come here, so a short queue is enough; with a long one a slow
    /// program delays what it cannot inspect anyway.
    /// </summary>
    public uint MaxWaiting { get; init; } = 1024;

    /// <summary>What the kernel does when the queue is full: lets the packets pass uninspected, or drops them.</summary>
    public bool PassesWhenFull { get; init; } = true;

    /// <summary>How long <see cref="PacketQueue.Receive"/> waits for a packet.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(100);
}
