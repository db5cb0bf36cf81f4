namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>Types of packets with a long header (RFC 9000, 17.2).</summary>
internal enum QuicPacketType : byte
{
    Initial,
    ZeroRtt,
    Handshake,
    Retry,
    VersionNegotiation,
}

/// <summary>
/// A packet with a long header (RFC 9000, 17.2). All spans point into the datagram.
/// <code>
/// | form, type 1 | version 4 | destination id 1+n | source id 1+n | (Initial: token v+n) | length v | packet number 1..4 | payload |
/// </code>
/// </summary>
internal readonly ref struct QuicPacket
{
    /// <summary>RFC 9000, 17.2; the reading of other versions' ids is theirs (RFC 8999).</summary>
    public const int MaxConnectionId = 20;

    private const byte LongHeader = 0x80;

    public QuicPacketType Type { get; private init; }

    public uint Version { get; private init; }

    public ReadOnlySpan<byte> DestinationId { get; private init; }

    /// <summary>Where the packet number stands; everything before it is in clear.</summary>
    public int PacketNumberOffset { get; private init; }

    /// <summary>The packet, without those that follow it in the datagram.</summary>
    public ReadOnlySpan<byte> Bytes { get; private init; }

    public static bool IsLong(byte first) => (first & LongHeader) != 0;

    /// <summary>Reads the first packet of a datagram.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out QuicPacket packet)
    {
        packet = default;
        var reader = new QuicReader(datagram);
        if (!reader.TryReadByte(out var first)
            || !IsLong(first)
            || !reader.TryReadUInt32(out var version)
            || !TryReadId(ref reader, out var destination)
            || !TryReadId(ref reader, out _))
        {
            return false;
        }

        var type = TypeOf(first, version);
        if (type == QuicPacketType.Initial && !(reader.TryReadInteger(out var tokenLength) && reader.TrySkip(tokenLength)))
        {
            return false;
        }

        var end = datagram.Length;
        if (type is not (QuicPacketType.Retry or QuicPacketType.VersionNegotiation))
        {
            if (!reader.TryReadInteger(out var length) || length > (ulong)reader.Rest.Length)
            {
                return false;
            }

            end = reader.Position + (int)length;
        }

        packet = new QuicPacket
        {
            Type = type,
            Version = version,
            DestinationId = destination,
            PacketNumberOffset = reader.Position,
            Bytes = datagram[..end],
        };
        return true;
    }

    private static bool TryReadId(scoped ref QuicReader reader, out ReadOnlySpan<byte> id)
    {
        id = default;
        return reader.TryReadByte(out var length) && length <= MaxConnectionId && reader.TryRead(length, out id);
    }

    /// <summary>RFC 9369, 3.2: version 2 counts the types from 1, round.</summary>
    private static QuicPacketType TypeOf(byte first, uint version)
    {
        var bits = (first >> 4) & 3;
        return version switch
        {
            QuicVersion.Negotiation => QuicPacketType.VersionNegotiation,
            QuicVersion.V2 => (QuicPacketType)((bits + 3) & 3),
            _ => (QuicPacketType)bits,
        };
    }
}
