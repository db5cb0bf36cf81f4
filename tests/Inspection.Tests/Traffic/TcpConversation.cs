using System.Text;

namespace MediaSecurityLite.Inspection.Tests.Traffic;

/// <summary>
/// Writes a TCP connection as frames: handshake, what either side says, end. What a side says is cut into segments of
/// <c>segmentLength</c> bytes, so that one test can try every way to cut.
/// </summary>
internal sealed class TcpConversation
{
    private const byte Fin = 0x01;
    private const byte Syn = 0x02;
    private const byte Rst = 0x04;
    private const byte Ack = 0x10;

    private readonly Side _client;
    private readonly Side _server;
    private readonly int _segmentLength;

    public TcpConversation(
        int segmentLength = 1400, string client = "192.168.1.10", ushort clientPort = 40000, string server = "203.0.113.80", ushort serverPort = 80)
    {
        _client = new Side(client, clientPort, 1000);
        _server = new Side(server, serverPort, 900_000);
        _segmentLength = segmentLength;
        Add(_client, _server, Syn, []);
        _client.Next++;
        Add(_server, _client, Syn | Ack, []);
        _server.Next++;
        Add(_client, _server, Ack, []);
    }

    public List<byte[]> Frames { get; } = [];

    public TcpConversation Client(string text) => Client(Encoding.Latin1.GetBytes(text));

    public TcpConversation Client(byte[] bytes) => Say(_client, _server, bytes);

    public TcpConversation Server(string text) => Server(Encoding.Latin1.GetBytes(text));

    public TcpConversation Server(byte[] bytes) => Say(_server, _client, bytes);

    /// <summary>The side says something that the capture does not hold.</summary>
    public TcpConversation ServerUnseen(int length)
    {
        _server.Next += (uint)length;
        Add(_client, _server, Ack, []);
        return this;
    }

    public TcpConversation End()
    {
        Add(_client, _server, Fin | Ack, []);
        _client.Next++;
        Add(_server, _client, Fin | Ack, []);
        _server.Next++;
        Add(_client, _server, Ack, []);
        return this;
    }

    public TcpConversation ResetByServer()
    {
        Add(_server, _client, Rst | Ack, []);
        return this;
    }

    private TcpConversation Say(Side from, Side to, byte[] bytes)
    {
        foreach (var piece in bytes.Chunk(_segmentLength))
        {
            Add(from, to, Ack, piece);
            from.Next += (uint)piece.Length;
        }

        Add(to, from, Ack, []);
        return this;
    }

    private void Add(Side from, Side to, byte flags, ReadOnlySpan<byte> payload)
    {
        var segment = FrameBuilder.Tcp(from.Port, to.Port, from.Next, (flags & Ack) != 0 ? to.Next : 0, flags, payload);
        var isV6 = from.Address.Contains(':', StringComparison.Ordinal);
        Frames.Add(FrameBuilder.Ethernet(isV6 ? (ushort)0x86DD : (ushort)0x0800, FrameBuilder.Ip(from.Address, to.Address, 6, segment)));
    }

    private sealed class Side(string address, ushort port, uint next)
    {
        public string Address { get; } = address;

        public ushort Port { get; } = port;

        public uint Next { get; set; } = next;
    }
}
