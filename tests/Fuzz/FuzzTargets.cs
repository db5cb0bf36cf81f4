using MediaSecurityLite.Inspection;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Streams;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Fuzz;

/// <summary>The doors through which bytes come in: frames of every link type, segments in any order, and the data of each protocol.</summary>
internal static class FuzzTargets
{
    private const int MaxFrames = 256;
    private const ushort AnyPort = 7777;
    private const int LargestSegment = 1460;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("decoder", Decode, [[1, .. Frame(17, FrameBuilder.Udp(1, 53, new byte[20]))], [113, .. new byte[40]], [12, .. Frame(6, [])[14..]]]),
        new("reassembly", Reassemble, [[.. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))]]),
        .. Conversations.Streams.Select(sample => new FuzzTarget("stream-" + sample.Name, input => TalkTwice(sample.Port, input), [sample.Input])),
        .. Conversations.Datagrams.Select(sample => new FuzzTarget("datagram-" + sample.Name, input => Send(sample.Port, input, new Discard()), [sample.Input])),
        new("stream-unread", input => TalkTwice(AnyPort, input), Conversations.UnreadStreams),
        new("datagram-unread", input => Send(AnyPort, input, new Discard()), Conversations.UnreadDatagrams),
    ];

    /// <summary>The first byte is the link type, the rest a frame.</summary>
    private static void Decode(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var inspector = NewInspector();
        inspector.Inspect(new Frame(input.AsSpan(1), (LinkType)input[0], 1));
        End(inspector);
    }

    /// <summary>Six bytes say which segment comes: side and flags, sequence (2), acknowledgment (2), length; its bytes are made up.</summary>
    private static void Reassemble(byte[] input)
    {
        var inspector = NewInspector();
        for (var i = 0; i + 6 <= Math.Min(input.Length, 6 * MaxFrames); i += 6)
        {
            var isClient = (input[i] & 0x80) != 0;
            var payload = new byte[input[i + 5]];
            Array.Fill(payload, (byte)(input[i] ^ input[i + 5]));
            var (sequence, acknowledgment) = ((uint)((input[i + 1] << 8) | input[i + 2]), (uint)((input[i + 3] << 8) | input[i + 4]));
            Inspect(inspector, isClient, FrameBuilder.Tcp(Port(isClient, 80), Port(!isClient, 80), sequence, acknowledgment, (byte)(input[i] & 0x3F), payload), 6, i);
        }

        End(inspector);
    }

    /// <summary>The same connection, cut as the input says and in large segments: what is read may not differ.</summary>
    private static void TalkTwice(ushort port, byte[] input)
    {
        var (cut, whole) = (new KeptRecords(), new KeptRecords());
        Talk(port, input, cut, isWhole: false);
        Talk(port, input, whole, isWhole: true);
        if (cut.Essence() != whole.Essence())
        {
            throw new InvalidOperationException($"the records depend on the segments:\n{cut.Essence()}\n{whole.Essence()}");
        }
    }

    /// <summary>
    /// A connection. Of each piece the first byte says whose it is (highest bit) and how it is cut (rest: bytes per segment),
    /// the next two how long it is.
    /// </summary>
    public static void Talk(ushort port, byte[] input, IRecordOutput records, bool isWhole)
    {
        var inspector = NewInspector(records);
        uint[] next = [1, 1];
        void Segment(bool isClient, byte flags, ReadOnlySpan<byte> payload)
        {
            var (own, other) = isClient ? (0, 1) : (1, 0);
            var segment = FrameBuilder.Tcp(Port(isClient, port), Port(!isClient, port), next[own], next[other], flags, payload);
            Inspect(inspector, isClient, segment, 6, 0);
            next[own] += (uint)payload.Length + ((flags & 0x03) != 0 ? 1u : 0);
        }

        Segment(true, 0x02, []);
        Segment(false, 0x12, []);
        Segment(true, 0x10, []);
        foreach (var (isClient, cut, piece) in Conversations.Pieces(input))
        {
            foreach (var payload in piece.Take(cut * MaxFrames).Chunk(isWhole ? LargestSegment : cut))
            {
                Segment(isClient, 0x18, payload);
            }
        }

        Segment(true, 0x11, []);
        Segment(false, 0x11, []);
        End(inspector);
    }

    /// <summary>Each piece is a datagram.</summary>
    public static void Send(ushort port, byte[] input, IRecordOutput records)
    {
        var inspector = NewInspector(records);
        var frames = 0;
        foreach (var (isClient, _, piece) in Conversations.Pieces(input).Take(MaxFrames))
        {
            var length = Math.Min(piece.Length, 1400);
            Inspect(inspector, isClient, FrameBuilder.Udp(Port(isClient, port), Port(!isClient, port), piece.AsSpan(0, length)), 17, frames++);
        }

        End(inspector);
    }

    private static Inspector NewInspector(IRecordOutput? records = null)
    {
        var discard = new Discard();
        return new(new InspectorOptions { Streams = new StreamOptions { Midstream = true } }, discard, records ?? discard);
    }

    private static void Inspect(Inspector inspector, bool isClient, byte[] segment, byte protocol, int number)
    {
        var (from, to) = isClient ? ("192.168.1.10", "203.0.113.80") : ("203.0.113.80", "192.168.1.10");
        var frame = FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip(from, to, protocol, segment));
        inspector.Inspect(new Frame(frame, LinkType.Ethernet, 1_700_000_000_000_000_000 + (number * 1_000_000L)));
    }

    private static void End(Inspector inspector)
    {
        inspector.Finish();
        var counters = inspector.Counters;
        if (counters.ActiveFlows != 0 || counters.StreamBytes != 0)
        {
            throw new InvalidOperationException($"{counters.ActiveFlows} flows and {counters.StreamBytes} bytes left after the end");
        }
    }

    private static byte[] Frame(byte protocol, byte[] segment) => FrameBuilder.Ethernet(0x0800, FrameBuilder.Ip("10.0.0.1", "10.0.0.2", protocol, segment));

    private static ushort Port(bool isClient, ushort server) => isClient ? (ushort)40000 : server;
}
