using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Recognition;

namespace MediaSecurityLite.Inspection.Protocols.BitTorrent;

/// <summary>Recognises the protocols of BitTorrent (bittorrent.org, BEP 3, 5, 14, 15, 29).</summary>
internal static class BitTorrentProbe
{
    /// <summary>BEP 3: one byte of length and the protocol's name.</summary>
    public static ReadOnlySpan<byte> Greeting => "\u0013BitTorrent protocol"u8;

    /// <summary>BEP 14.</summary>
    public static ReadOnlySpan<byte> LocalSearch => "BT-SEARCH * HTTP/1.1\r\n"u8;

    public static Probe Stream(ReadOnlySpan<byte> data, Direction direction, Flow flow) =>
        Prefix.Match(data, Greeting);

    public static bool Datagram(ReadOnlySpan<byte> data, Direction direction, Flow flow) => data[0] switch
    {
        0x00 => IsTrackerConnect(data),
        0x41 or 0x21 or 0x01 => IsMicroTransport(data, direction, flow),
        (byte)'B' => data.StartsWith(LocalSearch),
        _ => false,
    };

    /// <summary>BEP 15: a magic number, action 0, transaction id, nothing else.</summary>
    private static bool IsTrackerConnect(ReadOnlySpan<byte> data)
    {
        const ulong Magic = 0x417_2710_1980;
        return data.Length == 16
            && BinaryPrimitives.ReadUInt64BigEndian(data) == Magic
            && BinaryPrimitives.ReadUInt32BigEndian(data[8..]) == 0;
    }

    /// <summary>
    /// BEP 29: <c>| type 4, version 4 | extension | connection id 2 | time 4 | difference 4 | window 4 | seq 2 | ack 2 |</c>.
    /// A SYN leaves hardly any freedom, nor does data that starts with the greeting. Else several packets of one connection
    /// must follow each other: data by their sequence, acknowledgments by what they acknowledge.
    /// </summary>
    private static bool IsMicroTransport(ReadOnlySpan<byte> data, Direction direction, Flow flow)
    {
        const byte Data = 0x01;
        const byte State = 0x21;
        const byte Syn = 0x41;
        const int HeaderLength = 20;
        const int Enough = 4;
        const uint MaxStep = 8;
        const uint MaxWindow = 64 << 20;
        if (data.Length < HeaderLength || data[1] > 2)
        {
            return false;
        }

        var sequence = BinaryPrimitives.ReadUInt16BigEndian(data[16..]);
        var acknowledged = BinaryPrimitives.ReadUInt16BigEndian(data[18..]);
        var counter = (uint)(data[0] == State ? acknowledged : sequence) << 16;
        var connection = BinaryPrimitives.ReadUInt32BigEndian(data);
        return data[0] switch
        {
            Syn => BinaryPrimitives.ReadUInt32BigEndian(data[8..]) == 0 && acknowledged == 0 && IsWhole(data, HeaderLength),
            Data when data[1] == 0 && data[HeaderLength..].StartsWith(Greeting) => true,
            Data when data.Length == HeaderLength => false,
            State when !IsWhole(data, HeaderLength) => false,
            _ => BinaryPrimitives.ReadUInt32BigEndian(data[12..]) < MaxWindow
                && flow.EvidenceOf(direction).Add(AppProtocol.BitTorrent, connection, counter, MaxStep << 16) >= Enough,
        };
    }

    /// <summary>Extensions of next, length and value fill the rest.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> data, int offset)
    {
        const int MaxExtensions = 4;
        var next = data[1];
        for (var i = 0; next != 0 && i < MaxExtensions; i++)
        {
            if (offset + 2 > data.Length)
            {
                return false;
            }

            next = data[offset];
            offset += 2 + data[offset + 1];
        }

        return offset == data.Length;
    }
}
