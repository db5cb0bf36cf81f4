namespace MediaSecurityLite.Inspection.Flows;

/// <summary>Bounds of the flow table. Times are seconds of packet time.</summary>
public sealed record FlowOptions
{
    /// <summary>Flows held at once. Beyond it the flow that was idle longest, unanswered ones first, is given up and counted.</summary>
    public int MaxFlows { get; init; } = 262_144;

    /// <summary>A flow that was never answered.</summary>
    public int NewTimeoutSeconds { get; init; } = 30;

    /// <summary>An answered UDP, ICMP or other flow.</summary>
    public int DatagramTimeoutSeconds { get; init; } = 300;

    /// <summary>An established TCP connection.</summary>
    public int EstablishedTimeoutSeconds { get; init; } = 600;

    /// <summary>A TCP connection after its end.</summary>
    public int ClosedTimeoutSeconds { get; init; } = 10;

    /// <summary>Mixed into the hash of addresses and ports, so that nobody outside can make flows collide.</summary>
    public ulong HashSeed { get; init; }
}
