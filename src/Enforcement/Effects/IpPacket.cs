using System.Buffers.Binary;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>Where the parts of a packet are that an answer needs: addresses, and what follows the IP headers (RFC 791, RFC 8200).</summary>
internal readonly ref struct IpPacket
{
    private const int V4Length = 20;
    private const int V6Length = 40;

    /// <summary>Extension headers in a row; the rest of such a packet is no honest one's.</summary>
    private const int MaxExtensions = 8;

    private IpPacket(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, byte protocol, ReadOnlySpan<byte> content)
    {
        Source = source;
        Destination = destination;
        Protocol = protocol;
        Content = content;
    }

    /// <summary>4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> Source { get; }

    public ReadOnlySpan<byte> Destination { get; }

    /// <summary>6 for TCP, 17 for UDP.</summary>
    public byte Protocol { get; }

    /// <summary>The transport header and what follows it.</summary>
    public ReadOnlySpan<byte> Content { get; }

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(Content);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(Content[2..]);

    /// <summary>False for anything but whole TCP and UDP headers.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IpPacket packet)
    {
        packet = default;
        if (bytes.IsEmpty)
        {
            return false;
        }

        var isRead = bytes[0] >> 4 == 6 ? TryReadV6(bytes, out packet) : TryReadV4(bytes, out packet);
        return isRead && packet.Protocol switch
        {
            Tcp.Protocol => packet.Content.Length >= Tcp.HeaderLength,
            Udp.Protocol => packet.Content.Length >= Udp.HeaderLength,
            _ => false,
        };
    }

    private static bool TryReadV4(ReadOnlySpan<byte> bytes, out IpPacket packet)
    {
        packet = default;
        var header = (bytes[0] & 0xF) * 4;
        if (bytes.Length < V4Length || header < V4Length || bytes.Length < header)
        {
            return false;
        }

        int stated = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var end = stated >= header && stated <= bytes.Length ? stated : bytes.Length; // 0 where the kernel joined segments
        packet = new IpPacket(bytes.Slice(12, 4), bytes.Slice(16, 4), bytes[9], bytes[header..end]);
        return true;
    }

    private static bool TryReadV6(ReadOnlySpan<byte> bytes, out IpPacket packet)
    {
        packet = default;
        if (bytes.Length < V6Length)
        {
            return false;
        }

        var stated = V6Length + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        var end = stated > V6Length && stated <= bytes.Length ? stated : bytes.Length;
        var next = bytes[6];
        var offset = V6Length;
        for (var i = 0; i < MaxExtensions && offset + 8 <= end; i++)
        {
            // Hop-by-hop, routing and destination options count their length in 8 bytes beyond the first 8; a fragment header has 8.
            if (next is 0 or 43 or 60)
            {
                (next, offset) = (bytes[offset], offset + 8 + (bytes[offset + 1] * 8));
            }
            else if (next == 44)
            {
                (next, offset) = (bytes[offset], offset + 8);
            }
            else
            {
                packet = new IpPacket(bytes.Slice(8, 16), bytes.Slice(24, 16), next, bytes[offset..end]);
                return true;
            }
        }

        return false;
    }
}
