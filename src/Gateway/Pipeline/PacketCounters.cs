namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>What the packet thread has done. Only that thread writes; others may read slightly old values.</summary>
internal sealed class PacketCounters
{
    private long _packets;
    private long _bytes;
    private long _dropped;
    private long _activeFlows;
    private long _turns;

    public long Packets => Volatile.Read(ref _packets);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Frames that the kernel or the capture lost.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public long ActiveFlows => Volatile.Read(ref _activeFlows);

    /// <summary>Grows with every turn of the loop, also without packets: proof that the packet path lives.</summary>
    public long Turns => Volatile.Read(ref _turns);

    public void Inspected(int bytes)
    {
        Volatile.Write(ref _packets, _packets + 1);
        Volatile.Write(ref _bytes, _bytes + bytes);
    }

    public void Turned() => Volatile.Write(ref _turns, _turns + 1);

    public void Observe(long dropped, long activeFlows)
    {
        Volatile.Write(ref _dropped, dropped);
        Volatile.Write(ref _activeFlows, activeFlows);
    }
}
