namespace MediaSecurityLite.Inspection.Streams;

/// <summary>What happened to the segments of one inspector's connections since its start.</summary>
public sealed class StreamCounters
{
    /// <summary>Connections opened.</summary>
    public long Connections { get; internal set; }

    /// <summary>Segments that came before their turn.</summary>
    public long OutOfOrder { get; internal set; }

    /// <summary>Segments that brought nothing new.</summary>
    public long Retransmissions { get; internal set; }

    /// <summary>Segments that brought other bytes for a place already held; the first bytes stayed.</summary>
    public long Conflicts { get; internal set; }

    /// <summary>Segments, and resets, outside of what the connection can be at.</summary>
    public long OutOfWindow { get; internal set; }

    /// <summary>Holes that were given up because the receiver had what the engine had not.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Segments not kept because a bound was reached.</summary>
    public long NotKept { get; internal set; }

    /// <summary>Connections whose start was not seen.</summary>
    public long Midstream { get; internal set; }

    /// <summary>Readers that were given up because they left too much unread.</summary>
    public long ReadersGivenUp { get; internal set; }
}
