using System.Runtime.CompilerServices;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Flows;

/// <summary>What the packets of a flow have in common, the same for both directions: the lower endpoint stands first.</summary>
internal readonly record struct FlowKey(IpAddress LowAddress, IpAddress HighAddress, uint Ports, uint Discriminator)
{
    /// <summary>The key of a packet; <paramref name="isFromLow"/> tells whether its source is the lower endpoint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FlowKey Of(scoped in Packet packet, out bool isFromLow)
    {
        var (from, to) = (packet.SourcePort, packet.DestinationPort);
        if (packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            // Type and code are not ports: a request and its reply differ in them but are one flow.
            (from, to) = (0, 0);
        }

        var order = packet.Source.CompareTo(packet.Destination);
        isFromLow = order < 0 || (order == 0 && from <= to);
        var discriminator = packet.Protocol | ((uint)packet.Vlan << 8) | ((uint)packet.InnerVlan << 20);
        return isFromLow
            ? new FlowKey(packet.Source, packet.Destination, ((uint)from << 16) | to, discriminator)
            : new FlowKey(packet.Destination, packet.Source, ((uint)to << 16) | from, discriminator);
    }

    /// <summary>A keyed hash (multiply-fold, after wyhash); collisions cannot be prepared without the seed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Hash(ulong seed)
    {
        var hash = Fold(LowAddress.High ^ seed, LowAddress.Low ^ 0xA076_1D64_78BD_642F);
        hash = Fold(HighAddress.High ^ hash, HighAddress.Low ^ 0xE703_7ED1_A0B4_28DB);
        hash = Fold(hash ^ 0x8EBC_6AF0_9C88_C6E3, (((ulong)Ports << 32) | Discriminator) ^ seed);
        return (uint)(hash ^ (hash >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
