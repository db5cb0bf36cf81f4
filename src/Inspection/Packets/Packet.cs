namespace MediaSecurityLite.Inspection.Packets;

/// <summary>TCP control bits (RFC 9293, 3.1).</summary>
[Flags]
internal enum TcpFlags : byte
{
    None = 0,
    Fin = 0x01,
    Syn = 0x02,
    Rst = 0x04,
    Psh = 0x08,
    Ack = 0x10,
    Urg = 0x20,
}

/// <summary>IP protocol numbers the engine treats by name (IANA protocol-numbers).</summary>
internal static class IpProtocol
{
    public const byte Icmp = 1;
    public const byte IPv4 = 4;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte IPv6 = 41;
    public const byte Gre = 47;
    public const byte IcmpV6 = 58;
    public const byte Sctp = 132;
}

/// <summary>What the decoder read from a frame. Lives on the stack, like the frame it points into.</summary>
internal ref struct Packet
{
    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long Timestamp;

    /// <summary>48 bits, 0 where the link has no addresses.</summary>
    public ulong SourceMac;

    public ulong DestinationMac;

    /// <summary>Outer and inner VLAN id; 0 is none.</summary>
    public ushort Vlan;

    public ushort InnerVlan;

    public IpAddress Source;
    public IpAddress Destination;

    /// <summary>An <see cref="IpProtocol"/>.</summary>
    public byte Protocol;

    /// <summary>Port; ICMP type for ICMP.</summary>
    public ushort SourcePort;

    /// <summary>Port; ICMP code for ICMP.</summary>
    public ushort DestinationPort;

    public uint Sequence;
    public uint Acknowledgment;
    public ushort Window;

    /// <summary>The shift for its windows that a SYN offers (RFC 7323, 2.2), at most 14; negative if none.</summary>
    public sbyte WindowShift;
    public TcpFlags Flags;

    /// <summary>What follows the transport header, within the lengths that the headers state.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>Bytes of the whole frame.</summary>
    public int FrameLength;

    /// <summary>A packet carried inside this one that has a flow of its own (VXLAN, Geneve, Teredo); empty where there is none.</summary>
    public ReadOnlySpan<byte> Inner;

    /// <summary>How <see cref="Inner"/> starts.</summary>
    public LinkType InnerLink;

    public readonly bool IsTcp => Protocol == IpProtocol.Tcp;

    public readonly bool IsUdp => Protocol == IpProtocol.Udp;
}
