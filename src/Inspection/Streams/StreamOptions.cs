namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Bounds of TCP reassembly.</summary>
public sealed record StreamOptions
{
    /// <summary>Bytes held for all connections together; beyond it segments are not kept and counted, and their stream gets a gap.</summary>
    public long MaxBytes { get; init; } = 64 << 20;

    /// <summary>Bytes one direction may wait for out of order.</summary>
    public int MaxOutOfOrderBytes { get; init; } = 1 << 20;

    /// <summary>
    /// Segments one direction may wait for out of order; more are not kept and counted. Each new one is sought its place among
    /// them, so this bounds the work of a packet.
    /// </summary>
    public int MaxOutOfOrderSegments { get; init; } = 1024;

    /// <summary>Which bytes stay where segments that wait overlap.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>Bytes a protocol reader may leave unread before it is given up.</summary>
    public int MaxUnreadBytes { get; init; } = 256 << 10;

    /// <summary>Follow connections whose start was not seen.</summary>
    public bool Midstream { get; init; }
}

/// <summary>Which bytes stay where segments overlap. What was handed on already always stays.</summary>
public enum OverlapPolicy
{
    /// <summary>Those that came first.</summary>
    First,

    /// <summary>Those that came last.</summary>
    Last,
}
