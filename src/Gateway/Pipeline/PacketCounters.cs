namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>What the packet thread has done. Only that thread writes; others may read slightly old values.</summary>
internal sealed class PacketCounters
{
    private long _packets;
    private long _bytes;
    private long _dropped;
    private long _activeFlows;
    private long _turns;
    private long _blocked;
    private long _overruns;

    public long Packets => Volatile.Read(ref _packets);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Frames that the kernel or the capture lost.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public long ActiveFlows => Volatile.Read(ref _activeFlows);

    /// <summary>Packets that did not pass.</summary>
    public long Blocked => Volatile.Read(ref _blocked);

    /// <summary>Times the kernel found no room to show us a packet.</summary>
    public long Overruns => Volatile.Read(ref _overruns);

    /// <summary>Grows with every turn of the loop, also without packets: proof that the packet path lives.</summary>
    public long Turns => Volatile.Read(ref _turns);

    public void Inspected(int packets, long bytes)
    {
        Volatile.Write(ref _packets, _packets + packets);
        Volatile.Write(ref _bytes, _bytes + bytes);
    }

    public void Turned() => Volatile.Write(ref _turns, _turns + 1);

    public void Enforced(long blocked, long overruns)
    {
        Volatile.Write(ref _blocked, blocked);
        Volatile.Write(ref _overruns, overruns);
    }

    public void Observe(long dropped, long activeFlows)
    {
        Volatile.Write(ref _dropped, dropped);
        Volatile.Write(ref _activeFlows, activeFlows);
    }
}
