using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Http2;

public sealed class Http2Tests
{
    private const byte EndStream = 0x01;
    private const byte EndHeaders = 0x04;
    private const byte Padded = 0x08;
    private const byte Priority = 0x20;

    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(4, 0, 0, [0, 3, 0, 0, 0, 100])];

    /// <summary>:method GET, :path /a, :authority h.test, user-agent x; nothing indexed.</summary>
    private static readonly byte[] Request = [0x82, .. Literal(4, "/a"), .. Literal(1, "h.test"), 0x0F, 43, .. Text("x")];

    [Fact]
    public void Read_TwoStreamsInterleaved_WritesBoth()
    {
        var records = Conversation.Records(
            8080,
            talk => talk
                .Client([.. Preface, .. Frame(1, EndHeaders | EndStream, 1, Request), .. Frame(1, EndHeaders, 3, [0x83, .. Literal(4, "/b"), .. Literal(1, "h.test")]), .. Frame(0, EndStream, 3, "up"u8)])
                .Server([.. Settings(), .. Frame(1, EndHeaders, 3, [0x88]), .. Frame(1, EndHeaders, 1, [0x8D]), .. Frame(0, 0, 1, "he"u8), .. Frame(0, EndStream, 3, "three"u8), .. Frame(0, EndStream, 1, "llo"u8)])
                .End(),
            "http", "fileinfo");

        Assert.Equal(["POST /b 200", "GET /a 404"], records.Take(2).Select(record => $"{record["http"]!["http_method"]} {record["http"]!["url"]} {record["http"]!["status"]}"));
        var second = records[1]["http"]!;
        Assert.Equal(("2", "h.test", 1, "x"), ((string?)second["version"], (string?)second["hostname"], (int?)second["http2"]!["stream_id"], (string?)second["http_user_agent"]));
        Assert.Equal(":method", (string?)second["request_headers"]![0]!["name"]);
        Assert.Equal(
            [Sha256("up"u8), Sha256("three"u8), Sha256("hello"u8)],
            records.Skip(2).Select(record => (string?)record["fileinfo"]!["sha256"]));
    }

    [Fact]
    public void Read_PaddedPrioritisedContinued_TakesThemApart()
    {
        var records = Conversation.Records(
            8080,
            talk => talk
                .Client([.. Preface, .. Frame(1, EndStream | Padded | Priority, 1, [3, 0, 0, 0, 0, 16, .. Request.AsSpan(0, 4), 0, 0, 0]), .. Frame(9, 0, 1, Request.AsSpan(4, 3)), .. Frame(9, EndHeaders, 1, Request.AsSpan(7))])
                .Server([.. Settings(), .. Frame(1, EndHeaders, 1, [0x88]), .. Frame(0, Padded | EndStream, 1, [2, .. "hello"u8, 0, 0])])
                .End(),
            "http", "fileinfo");

        Assert.Equal("/a", (string?)records[0]["http"]!["url"]);
        Assert.Equal(Sha256("hello"u8), (string?)records[1]["fileinfo"]!["sha256"]);
    }

    [Fact]
    public void Read_ResetByServer_SaysWhy()
    {
        var record = Assert.Single(Conversation.Records(
            8080,
            talk => talk.Client([.. Preface, .. Frame(1, EndHeaders | EndStream, 1, Request)]).Server([.. Settings(), .. Frame(3, 0, 1, [0, 0, 0, 7])]).End(),
            "http"));

        Assert.Equal("REFUSED_STREAM", (string?)record["http"]!["http2"]!["response"]!["error_code"]);
    }

    [Fact]
    public void Read_InterimAndTrailers_KeepsTheFinalStatus()
    {
        var record = Assert.Single(Conversation.Records(
            8080,
            talk => talk
                .Client([.. Preface, .. Frame(1, EndHeaders | EndStream, 1, Request)])
                .Server([.. Settings(), .. Frame(1, EndHeaders, 1, [0x08, .. Text("103")]), .. Frame(1, EndHeaders, 1, [0x89]), .. Frame(1, EndHeaders | EndStream, 1, [0x08, .. Text("500")])])
                .End(),
            "http"));

        Assert.Equal(204, (int?)record["http"]!["status"]);
    }

    [Fact]
    public void Read_UpgradeFromHttp1_GoesOnInFrames()
    {
        var records = Conversation.Records(
            talk => talk
                .Client("GET /a HTTP/1.1\r\nHost: h.test\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n\r\n")
                .Server([.. "HTTP/1.1 101 x\r\nUpgrade: h2c\r\n\r\n"u8, .. Settings()])
                .Client(Preface)
                .Server([.. Frame(1, EndHeaders, 1, [0x88]), .. Frame(0, EndStream, 1, "hello"u8)])
                .End(),
            "http", "fileinfo");

        Assert.Equal([101, 200], records.Take(2).Select(record => (int)record["http"]!["status"]!));
        Assert.Equal(Sha256("hello"u8), (string?)records[2]["fileinfo"]!["sha256"]);
    }

    [Fact]
    public void Read_MoreStreamsThanTheBound_WritesTheOldest()
    {
        var client = new List<byte>(Preface);
        for (uint stream = 1; stream < 1000; stream += 2)
        {
            client.AddRange(Frame(1, EndHeaders | EndStream, stream, Request));
        }

        var replaying = Replaying.Of(new TcpConversation(serverPort: 8080).Client([.. client]).Server(Settings()).End().Frames);

        Assert.Equal(Enumerable.Range(0, 500).Select(i => (2 * i) + 1), replaying.Records("http").Select(record => (int)record["http"]!["http2"]!["stream_id"]!));
    }

    private static byte[] Settings() => Frame(4, 0, 0, [0, 3, 0, 0, 0, 100]);

    private static byte[] Frame(byte type, byte flags, uint stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)payload.Length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>A literal without indexing, its name from the static table (RFC 7541, 6.2.2).</summary>
    private static byte[] Literal(byte name, string value) => [name, .. Text(value)];

    private static byte[] Text(string value) => [(byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
