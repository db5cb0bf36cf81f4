using System.Numerics;

namespace MediaSecurityLite.Gateway.Replay;

/// <summary>
/// What is allocated once tables and pools have grown: the bytes per packet from the last power of two that lies within the first
/// half of the packets, so that neither start nor growth counts and nothing need be known about the capture beforehand.
/// </summary>
internal sealed class SteadyState
{
    private readonly long[] _allocatedAt = new long[64];
    private long _packets;

    /// <summary>Bytes per packet; the start of the run counts where there are too few packets to tell.</summary>
    public double AllocatedBytesPerPacket
    {
        get
        {
            if (_packets < 2)
            {
                return 0;
            }

            var mark = BitOperations.Log2((ulong)_packets / 2);
            return (GC.GetAllocatedBytesForCurrentThread() - _allocatedAt[mark]) / (double)(_packets - (1L << mark));
        }
    }

    public void OnPacket()
    {
        if (BitOperations.IsPow2(++_packets))
        {
            _allocatedAt[BitOperations.Log2((ulong)_packets)] = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
