using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Tests.Traffic;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Http;

public sealed class HttpTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    [Fact]
    public void Read_RequestAndResponse_WritesWhatBothSay()
    {
        var record = Assert.Single(Conversation.Records(
            talk => talk
                .Client("GET /a?b=c HTTP/1.1\r\nHost: Www.Example.test:8080\r\nUser-Agent: agent/1\r\nReferer: http://r.test/\r\nX-Forwarded-For: 10.1.1.1\r\n\r\n")
                .Server("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 3\r\n\r\nabc")
                .End(),
            "http"))["http"]!;

        Assert.Equal("Www.Example.test", (string?)record["hostname"]);
        Assert.Equal(8080, (int?)record["http_port"]);
        Assert.Equal("/a?b=c", (string?)record["url"]);
        Assert.Equal("agent/1", (string?)record["http_user_agent"]);
        Assert.Equal("http://r.test/", (string?)record["http_refer"]);
        Assert.Equal("10.1.1.1", (string?)record["xff"]);
        Assert.Equal("text/html", (string?)record["http_content_type"]);
        Assert.Equal("GET", (string?)record["http_method"]);
        Assert.Equal("HTTP/1.1", (string?)record["protocol"]);
        Assert.Equal(302, (int?)record["status"]);
        Assert.Equal("/elsewhere", (string?)record["redirect"]);
        Assert.Equal(3, (int?)record["length"]);
    }

    [Fact]
    public void Read_Pipelined_PairsInOrder()
    {
        var records = Http(talk => talk
            .Client("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nHEAD /3 HTTP/1.1\r\n\r\nGET /4 HTTP/1.1\r\n\r\n")
            .Server(Ok + "Content-Length: 1\r\n\r\n1" + "HTTP/1.1 304 x\r\nContent-Length: 77\r\n\r\n" + Ok + "Content-Length: 9\r\n\r\n" + "HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n")
            .End());

        Assert.Equal(["/1 200", "/2 304", "/3 200", "/4 404"], records.Select(Line));
    }

    [Theory]
    [InlineData("-1", "POST /a 200", "GET /b 200")] // no length at all: what follows is a request, not a byte short of one
    [InlineData("x1", "POST /a 200", "ET /b 200")]
    public void Read_OddLengthOfARequest_IsWhatServersMakeOfIt(string length, params string[] expected)
    {
        var records = Http(talk => talk
            .Client($"POST /a HTTP/1.1\r\nContent-Length: {length}\r\n\r\nGET /b HTTP/1.1\r\n\r\n")
            .Server(string.Concat(Enumerable.Repeat(Ok + "Content-Length: 0\r\n\r\n", 2)))
            .End());

        Assert.Equal(expected, records.Select(record => $"{record["http_method"]} {Line(record)}"));
    }

    [Fact]
    public void Read_InterimResponses_AreNoAnswers()
    {
        var records = Http(talk => talk
            .Client("POST /u HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            .Server("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
            .Client("ab")
            .Server("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
            .End());

        Assert.Equal(["/u 201"], records.Select(Line));
    }

    [Theory]
    [InlineData("GET  /x  HTTP/1.1\r\nHost: h\r\n\r\n", "GET", "/x", "HTTP/1.1")]
    [InlineData("GET\t/x\tHTTP/1.0\r\nHost: h\r\n\r\n", "GET", "/x", "HTTP/1.0")]
    [InlineData("\r\nGET /x HTTP/1.1\nHost: h\n\n", "GET", "/x", "HTTP/1.1")]
    [InlineData("GET /x y z HTTP/1.1\r\nHost: h\r\n\r\n", "GET", "/x", "y z HTTP/1.1")]
    [InlineData("GET /x\r\nHost: h\r\n\r\n", "GET", "/x", null)]
    [InlineData("GET http://h/x HTTP/1.1\r\nHost: other\r\n\r\n", "GET", "http://h/x", "HTTP/1.1")]
    public void Read_RequestLineAsServersTakeIt_IsTakenApart(string request, string method, string target, string? version)
    {
        var record = Assert.Single(Http(talk => talk.Client(request).Server(Ok + "Content-Length: 0\r\n\r\n").End()));

        Assert.Equal(method, (string?)record["http_method"]);
        Assert.Equal(target, (string?)record["url"]);
        Assert.Equal(version, (string?)record["protocol"]);
        Assert.Equal("h", (string?)record["hostname"]);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 ok\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200\nContent-Length: 5\n\nhello")]
    [InlineData("http/1.1  200 ok\r\ncontent-length: 5\r\n\r\nhello")]
    [InlineData("\0HTTP/1.1 200 ok\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1\v200\vok\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 ok\rContent-Length: 5\r\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 ok\r\n \r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 ok\r\nnonsense\r\nContent-Length: 5, 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 ok\r\nContent-Length:\r\n 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 ok\r\nX: a\r\n Content-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 ok\r\nContent-Length: 5\r\nContent-Length: 3\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 ok\r\nContent-Length: x5\r\n\r\nhello")] // Until close.
    [InlineData("HTTP/1.1 200 ok\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\n2\r\nhe\r\n3;a=\"b\"\r\nllo\r\n0\r\nTrailer: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 ok\r\nTransfer-Encoding\r\n : xchunkedx\r\n\r\n0005 junk\r\nhello\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 ok\r\nTransfer-Encoding: chunked\r\n\r\nhello")] // Not chunked after all.
    [InlineData("HTTP/1.1 204 ok\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("junk\r\nHTTP/1.1 200 ok\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("hello")] // HTTP/0.9.
    public void Read_ResponseAsBrowsersTakeIt_FindsTheBody(string response)
    {
        var file = Assert.Single(Conversation.Records(talk => talk.Client("GET /x HTTP/1.1\r\nHost: h\r\n\r\n").Server(response).End(), "fileinfo"))["fileinfo"]!;

        Assert.Equal(Sha256("hello"u8), (string?)file["sha256"]);
        Assert.Equal("CLOSED", (string?)file["state"]);
    }

    [Fact]
    public void Read_EncodedBody_IsDecodedBeforeItIsHashed()
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("%PDF-1.7 and so on\n", 50)));
        var body = Encoding.Latin1.GetString(Gzip(content));

        var record = Assert.Single(Conversation.Records(
            talk => talk.Client("GET /x HTTP/1.1\r\n\r\n").Server($"{Ok}Content-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n{body}").End(), "fileinfo"));

        Assert.Equal(Sha256(content), (string?)record["fileinfo"]!["sha256"]);
        Assert.Equal(content.Length, (int?)record["fileinfo"]!["size"]);
        Assert.Equal("PDF document", (string?)record["fileinfo"]!["magic"]);
        Assert.Equal(body.Length, (int?)record["http"]!["length"]);
        Assert.Equal("203.0.113.80", (string?)record["src_ip"]);
    }

    [Theory]
    [InlineData("/dir/na%20me.txt?q", "", "/dir/na me.txt")]
    [InlineData("/x", "Content-Disposition: attachment; filename=\"a;b.exe\"\r\n", "a;b.exe")]
    [InlineData("/x", "Content-Disposition: attachment; filename*=UTF-8''%e3%81%82.zip\r\n", "あ.zip")]
    public void Read_Body_IsNamedByHeaderOrTarget(string target, string header, string name)
    {
        var file = Assert.Single(Conversation.Records(
            talk => talk.Client($"GET {target} HTTP/1.1\r\n\r\n").Server($"{Ok}{header}Content-Length: 1\r\n\r\nx").End(), "fileinfo"))["fileinfo"]!;

        Assert.Equal(name, (string?)file["filename"]);
    }

    [Fact]
    public void Read_Form_FindsTheFilesInIt()
    {
        const string Body =
            "preamble\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\nno file\r\n"
            + "--b\r\nContent-Disposition: form-data; name=f; filename=\"1.txt\"\r\nContent-Type: text/plain\r\n\r\none\r\n--cad\r\n-\r\n--b\r\n"
            + "Content-Disposition: form-data; name=g; filename=2.txt\r\n\r\ntwo\r\n--b--\r\n";

        var files = Conversation.Records(
            talk => talk
                .Client($"POST /u HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {Body.Length}\r\n\r\n{Body}")
                .Server(Ok + "Content-Length: 0\r\n\r\n")
                .End(),
            "fileinfo");

        Assert.Equal(["1.txt", "2.txt"], files.Select(file => (string?)file["fileinfo"]!["filename"]));
        Assert.Equal([Sha256("one\r\n--cad\r\n-"u8), Sha256("two"u8)], files.Select(file => (string?)file["fileinfo"]!["sha256"]));
    }

    [Fact]
    public void Read_PostWithoutLength_TakesTheBodyUpToTheNextRequest()
    {
        var records = Conversation.Records(
            talk => talk
                .Client("POST /u HTTP/1.1\r\n\r\nlogin=a\r\nGETs=1\r\nGET /2 HTTP/1.1\r\n\r\n")
                .Server(Ok + "Content-Length: 0\r\n\r\n" + Ok + "Content-Length: 0\r\n\r\n")
                .End(),
            "http", "fileinfo");

        Assert.Equal(["/u 200", "/2 200"], records.Take(2).Select(record => Line(record["http"]!)));
        Assert.Equal(Sha256("login=a\r\nGETs=1\r\n"u8), (string?)records[2]["fileinfo"]!["sha256"]);
    }

    [Fact]
    public void Read_PartialContent_IsAFileWithItsRange()
    {
        var record = Assert.Single(Conversation.Records(
            talk => talk.Client("GET /x HTTP/1.1\r\n\r\n").Server("HTTP/1.1 206 x\r\nContent-Range: bytes 10-12/69\r\nContent-Length: 3\r\n\r\nabc").End(), "fileinfo"));

        Assert.Equal((10, 12), ((int)record["fileinfo"]!["start"]!, (int)record["fileinfo"]!["end"]!));
        Assert.Equal(69, (int?)record["http"]!["content_range"]!["size"]);
    }

    [Fact]
    public void Read_RequestWithoutResponse_IsWrittenAtTheEnd() =>
        Assert.Equal(["/1 ", "/2 "], Http(talk => talk.Client("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\nHost: h").End()).Select(Line));

    [Fact]
    public void Read_ResponseWithoutRequest_IsWritten()
    {
        var records = Conversation.Records(talk => talk.Server(Ok + "Content-Length: 2\r\n\r\nab").End(), "http", "fileinfo");

        Assert.Equal(200, (int?)records[0]["http"]!["status"]);
        Assert.Null(records[0]["http"]!["url"]);
        Assert.Equal(Sha256("ab"u8), (string?)records[1]["fileinfo"]!["sha256"]);
    }

    [Fact]
    public void Read_BodyCutShort_IsTruncatedAndHasNoHash()
    {
        var file = Assert.Single(Conversation.Records(
            talk => talk.Client("GET /x HTTP/1.1\r\n\r\n").Server(Ok + "Content-Length: 9\r\n\r\nabc").End(), "fileinfo"))["fileinfo"]!;

        Assert.Equal("TRUNCATED", (string?)file["state"]);
        Assert.Null(file["sha256"]);
    }

    [Fact]
    public void Skip_WithinABody_GoesOnBehindIt()
    {
        var records = Conversation.Records(
            talk => talk
                .Client("GET /1 HTTP/1.1\r\n\r\n").Server(Ok + "Content-Length: 3000\r\n\r\nstart").ServerUnseen(2990).Server("+end!")
                .Client("GET /2 HTTP/1.1\r\n\r\n").Server(Ok + "Content-Length: 2\r\n\r\nok")
                .End(),
            "http", "fileinfo");

        Assert.Equal(["/1 200", "/2 200"], records.Take(2).Select(record => Line(record["http"]!)));
        Assert.Equal((true, "TRUNCATED", 3000), ((bool)records[2]["fileinfo"]!["gaps"]!, (string)records[2]["fileinfo"]!["state"]!, (int)records[2]["fileinfo"]!["size"]!));
        Assert.Equal(Sha256("ok"u8), (string?)records[3]["fileinfo"]!["sha256"]);
    }

    [Fact]
    public void Skip_BeyondABody_FindsTheNextResponse()
    {
        var records = Http(talk => talk
            .Client("GET /1 HTTP/1.1\r\n\r\n").Server(Ok + "Content-Length: 50\r\n\r\nstart").ServerUnseen(500).Server("rest of a header\r\n\r\n")
            .Client("GET /2 HTTP/1.1\r\n\r\n").Server("HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n")
            .End());

        Assert.Equal(["/1 200", "/2 404"], records.Select(Line));
    }

    [Fact]
    public void Read_Connect_HandsOverToWhatFollows()
    {
        var records = Http(talk => talk
            .Client("CONNECT a.test:443 HTTP/1.1\r\nHost: other\r\n\r\n").Server("HTTP/1.1 200 Connected\r\n\r\n")
            .Client("GET /inside HTTP/1.1\r\nHost: b.test\r\n\r\n").Server(Ok + "Content-Length: 0\r\n\r\n")
            .End());

        Assert.Equal(["a.test:443 200", "/inside 200"], records.Select(Line));
        Assert.Equal("a.test", (string?)records[0]["hostname"]);
        Assert.Equal(443, (int?)records[0]["http_port"]);
    }

    [Fact]
    public void Read_ConnectRefused_GoesOnWithHttp()
    {
        var records = Http(talk => talk
            .Client("CONNECT a.test:443 HTTP/1.1\r\n\r\n").Server("HTTP/1.1 407 x\r\nContent-Length: 3\r\n\r\nno!")
            .Client("CONNECT a.test:443 HTTP/1.1\r\nProxy-Authorization: x\r\n\r\n").Server("HTTP/1.1 403 x\r\nContent-Length: 0\r\n\r\n")
            .End());

        Assert.Equal(["a.test:443 407", "a.test:443 403"], records.Select(Line));
    }

    [Fact]
    public void Read_WebSocketUpgrade_CountsFrames()
    {
        var records = Conversation.Records(
            talk => talk
                .Client("GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
                .Server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\u0081\u0002hi")
                .Client("\u0081\u0083abcdxyz")
                .Server("\u0082\u007e\u0001\u0000" + new string('x', 256) + "\u0088\u0000")
                .End(),
            "http", "websocket");

        Assert.Equal("/chat 101", Line(records[0]["http"]!));
        var counts = records[1]["websocket"]!;
        Assert.Equal((1, 3, 3, 258), ((int)counts["frames_toserver"]!, (int)counts["frames_toclient"]!, (int)counts["bytes_toserver"]!, (int)counts["bytes_toclient"]!));
    }

    [Fact]
    public void Read_JunkBehindABody_DoesNotHideTheNextRequest() =>
        Assert.Equal(
            ["/1 200", "/2 200"],
            Http(talk => talk
                .Client("POST /1 HTTP/1.1\r\nContent-Length: 1\r\n\r\nx\u0001\u0002\r\nno request at all\r\nGET /2 HTTP/1.1\r\n\r\n")
                .Server(Ok + "Content-Length: 0\r\n\r\n" + Ok + "Content-Length: 0\r\n\r\n")
                .End()).Select(Line));

    [Fact]
    public void Inspect_ManyTransactions_AllocatesNothingOnceWarm()
    {
        var conversation = new TcpConversation();
        for (var i = 0; i < 400; i++)
        {
            conversation.Client("GET /page HTTP/1.1\r\nHost: h.test\r\nUser-Agent: agent\r\n\r\n").Server(Ok + "Content-Type: text/plain\r\nContent-Length: 20\r\n\r\n01234567890123456789");
        }

        var replaying = new Inspector(new InspectorOptions(), new Nothing(), new Nothing());
        var next = 0;
        void Feed()
        {
            for (var end = next + 200; next < end; next++)
            {
                replaying.Inspect(new Frame(conversation.Frames[next], LinkType.Ethernet, 1_000_000L * next));
            }
        }

        Feed();
        Assert.Equal(0, Allocations.OfEachRound(Feed));
    }

    private static List<JsonNode> Http(Action<TcpConversation> talk) => [.. Conversation.Records(talk, "http").Select(record => record["http"]!)];

    private static string Line(JsonNode http) => $"{http["url"]} {http["status"]}";

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    private sealed class Nothing : IDetectionSink, IRecordOutput
    {
        public void OnDetection(Detection detection)
        {
        }

        public void Write(ReadOnlySpan<byte> lines)
        {
        }
    }
}
