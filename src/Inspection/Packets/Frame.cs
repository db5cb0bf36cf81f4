namespace MediaSecurityLite.Inspection.Packets;

/// <summary>One frame as it was captured. It lives on the stack: nobody can keep the bytes beyond the call.</summary>
public readonly ref struct Frame(ReadOnlySpan<byte> bytes, LinkType link, long timestamp)
{
    /// <summary>The captured bytes; fewer than were on the wire where the capture was cut.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>What the first byte is.</summary>
    public LinkType Link { get; } = link;

    /// <summary>When it was seen, in nanoseconds since 1970-01-01 UTC. This is the engine's only clock.</summary>
    public long Timestamp { get; } = timestamp;
}
