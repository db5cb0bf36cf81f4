namespace MediaSecurityLite.Enforcement.Queue;

/// <summary>The numbers of &lt;linux/netlink.h&gt;, &lt;linux/netfilter/nfnetlink.h&gt; and &lt;linux/netfilter/nfnetlink_queue.h&gt; that the queue needs.</summary>
internal static class Netlink
{
    /// <summary>nlmsghdr: length 4, type 2, flags 2, sequence 4, port 4; host byte order.</summary>
    public const int HeaderLength = 16;

    /// <summary>nfgenmsg: family 1, version 1, resource id 2 (network byte order).</summary>
    public const int GenericLength = 4;

    /// <summary>nlattr: length 2 (with itself), type 2; then the value, padded to 4.</summary>
    public const int AttributeLength = 4;

    public const ushort Request = 1;
    public const ushort Acknowledge = 4;
    public const ushort Error = 2;

    private const ushort QueueSubsystem = 3 << 8;
    public const ushort Packet = QueueSubsystem | 0;
    public const ushort Verdict = QueueSubsystem | 1;
    public const ushort Config = QueueSubsystem | 2;

    /// <summary>The two top bits of a type say that the value is nested or in network byte order.</summary>
    public const ushort TypeMask = 0x3FFF;

    public static int Align(int length) => (length + 3) & ~3;
}

/// <summary>Attributes of a packet message and of a verdict (<c>enum nfqnl_attr_type</c>).</summary>
internal enum QueueAttribute : ushort
{
    /// <summary>Packet id 4, hardware protocol 2, hook 1.</summary>
    PacketHeader = 1,

    /// <summary>Verdict 4, packet id 4.</summary>
    VerdictHeader = 2,
    Mark = 3,

    /// <summary>Length 2, padding 2, address 8: where the packet came from on its link.</summary>
    HardwareAddress = 9,
    Payload = 10,
}

/// <summary>Attributes of a configuration message (<c>enum nfqnl_attr_config</c>).</summary>
internal enum QueueConfiguration : ushort
{
    Command = 1,
    Parameters = 2,
    MaxLength = 3,
    Mask = 4,
    Flags = 5,
}
