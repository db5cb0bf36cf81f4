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

    /// <summary>
    /// A keyed hash: which keys collide depends on the seed, so nobody can prepare them. Plain multiplications, because the
    /// wide ones are slow on processors without BMI2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Hash(ulong seed)
    {
        var hash = Mix(seed ^ 0xA076_1D64_78BD_642F, LowAddress.Low);
        hash = Mix(hash, HighAddress.Low);
        hash = Mix(hash, ((ulong)Discriminator << 32) | Ports);
        if ((LowAddress.High | HighAddress.High) != 0)
        {
            hash = Mix(Mix(hash, LowAddress.High), HighAddress.High);
        }

        // A product carries a bit only upwards; the last round brings the upper ones down once more.
        return (uint)Mix(hash, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * 0x9E37_79B9_7F4A_7C15;
        return hash ^ (hash >> 32);
    }
}
