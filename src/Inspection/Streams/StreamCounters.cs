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

    /// <summary>Segments that brought other bytes for a place already held; <see cref="StreamOptions.Overlap"/> says which stayed.</summary>
    public long Conflicts { get; internal set; }

    /// <summary>SYNs that gave another number than the one before; the first acknowledgment decides.</summary>
    public long OtherSyn { get; internal set; }

    /// <summary>Connections that went on after a reset or a FIN, which were therefore none.</summary>
    public long Resumed { get; internal set; }

    /// <summary>Segments, acknowledgments, FINs and resets outside of what the connection can be at.</summary>
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
