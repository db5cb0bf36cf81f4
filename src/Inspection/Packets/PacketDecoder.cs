using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MediaSecurityLite.Inspection.Packets;

/// <summary>
/// Frame → packet: link, VLAN, MPLS, PPP(oE), IP in all its tunnels, transport. One decoder belongs to one inspector; the
/// fragments of datagrams it waits for are its only state.
/// </summary>
internal sealed partial class PacketDecoder(FragmentOptions fragments)
{
    /// <summary>Headers between the frame's start and the transport header; real traffic has up to 8.</summary>
    public const int MaxLayers = 16;

    private const ushort EtherIPv4 = 0x0800;
    private const ushort EtherIPv6 = 0x86DD;
    private const ushort EtherMpls = 0x8847;
    private const ushort EtherUnknown = 0;
    private const ushort EtherTransparent = 0x6558;

    /// <summary>IEEE 802.3, 3.2.6: smaller values are lengths.</summary>
    private const ushort FirstEtherType = 0x0600;

    private readonly FragmentTable _fragments = new(fragments);
    private readonly long[] _events = new long[Enum.GetValues<DecodeEvent>().Length];

    /// <summary>How often each <see cref="DecodeEvent"/> happened, by its number.</summary>
    public ReadOnlySpan<long> Events => _events;

    /// <summary>Bytes held for incomplete datagrams.</summary>
    public long FragmentBytes => _fragments.Bytes;

    /// <summary>Fragmented datagrams given up: because a bound was reached, because the rest did not come in time.</summary>
    public (long Evicted, long Expired) LostDatagrams => (_fragments.Evicted, _fragments.Expired);

    /// <summary>Forgets the fragments that wait.</summary>
    public void Clear() => _fragments.Clear();

    /// <summary>Decodes one frame, or a packet carried inside one.</summary>
    /// <returns><see cref="DecodeEvent.None"/> if <paramref name="packet"/> holds a packet with a transport header.</returns>
    public DecodeEvent Decode(ReadOnlySpan<byte> bytes, LinkType link, ref Packet packet)
    {
        packet.Inner = default;
        var layer = new Layer { Data = bytes };
        var result = ReadLink(link, ref layer, ref packet);
        for (var layers = 0; result == DecodeEvent.None && !layer.IsTransport; layers++)
        {
            result = layers == MaxLayers ? DecodeEvent.TooManyLayers : ReadNetwork(ref layer, ref packet);
        }

        if (result == DecodeEvent.None)
        {
            result = ReadTransport(layer.Data, ref packet);
        }

        _events[(int)result]++;
        return result;
    }

    private DecodeEvent ReadNetwork(ref Layer layer, ref Packet packet) => layer.EtherType switch
    {
        EtherIPv4 => ReadIPv4(ref layer, ref packet),
        EtherIPv6 => ReadIPv6(ref layer, ref packet),
        0x8100 or 0x88A8 or 0x9100 => ReadVlan(ref layer, ref packet),
        0x8864 => ReadPppoe(ref layer),
        EtherMpls or 0x8848 => ReadMpls(ref layer),
        EtherTransparent => ReadEthernet(ref layer, ref packet),
        0x88E7 => ReadProviderBackbone(ref layer),
        0x8903 => ReadFabricPath(ref layer),
        0x88BE => ReadErspan(ref layer, 8),
        0x22EB => ReadErspan(ref layer, 12),
        _ => DecodeEvent.NotIp,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort U16(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt16BigEndian(data[offset..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint U32(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt32BigEndian(data[offset..]);

    /// <summary>Where the decoder stands: what is left of the frame, and what it is.</summary>
    private ref struct Layer
    {
        public ReadOnlySpan<byte> Data;

        /// <summary>Ethernet's number for what <see cref="Data"/> starts with.</summary>
        public ushort EtherType;

        /// <summary>True once <see cref="Data"/> starts with the transport header.</summary>
        public bool IsTransport;
    }
}
