using System.Net;
using System.Net.Sockets;
using System.Text;
using MediaSecurityLite.Lab.Network;

namespace MediaSecurityLite.EndToEnd.Tests.Inline;

/// <summary>A terminal that says the forbidden name in every way a server still understands. None gets through.</summary>
public abstract class EvasionTests(InlineStage stage)
{
    private const string Forbidden = "forbidden.example";
    private const string Innocent = "www.office.example";
    private const int Http = 80;
    private const int Https = 443;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHOST: FORBIDDEN.Example\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: forbidden.example.\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost:   forbidden.example:80  \r\n\r\n")]
    [InlineData("GET http://forbidden.example/ HTTP/1.1\r\nHost: www.office.example\r\n\r\n")]
    [InlineData("OPTIONS / HTTP/1.1\r\nHost: forbidden.example\r\n\r\n")]
    [InlineData("\r\n\r\nGET / HTTP/1.1\r\nHost: forbidden.example\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: www.office.example\r\n\r\nGET / HTTP/1.1\r\nHost: forbidden.example\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: www.office.example\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: forbidden.example\r\n\r\n")]
    public async Task Http_HoweverSpelled_IsBlocked(string request) =>
        await AssertBlockedAsync(Http, Encoding.ASCII.GetBytes(request));

    [Theory]
    [InlineData(1)]
    [InlineData(18)]
    [InlineData(27)]
    public async Task Http_CutAnywhere_IsBlocked(int place)
    {
        var request = Request(Forbidden);

        await AssertBlockedAsync(Http, request[..place], request[place..]);
    }

    [Fact]
    public async Task Http_SecondRequestOfAConnection_IsBlocked()
    {
        Requires.NetworkLab();
        using var socket = await ConnectAsync(Http);
        await socket.SendAsync(Request(Innocent));
        Assert.Contains("200 OK", await ReadAsync(socket), StringComparison.Ordinal);

        await socket.SendAsync(Request(Forbidden));

        AssertIsBlocked(await ReadAsync(socket));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(60)]
    [InlineData(-1)]
    public async Task Tls_CutAnywhere_IsBlocked(int place)
    {
        var hello = await Hello.ForAsync(Forbidden);
        place = place > 0 ? place : hello.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Forbidden)) + 4;

        await AssertBlockedAsync(Https, hello[..place], hello[place..]);
    }

    [Fact]
    public async Task Tls_InTwoRecords_IsBlocked() =>
        await AssertBlockedAsync(Https, Hello.InTwoRecords(await Hello.ForAsync(Forbidden), 100));

    [Fact]
    public async Task Tls_ByteByByte_IsBlocked() =>
        await AssertBlockedAsync(Https, [.. (await Hello.ForAsync(Forbidden)).Select(one => (byte[])[one])]);

    [Fact]
    public async Task Tls_OnAnotherPort_IsBlocked() => await AssertBlockedAsync(Http, await Hello.ForAsync(Forbidden));

    [Theory]
    [InlineData(Http)]
    [InlineData(Https)]
    public async Task Innocent_CutTheSameWay_IsAnswered(int port)
    {
        Requires.NetworkLab();
        var bytes = port == Http ? Request(Innocent) : await Hello.ForAsync(Innocent);

        var answer = await TalkAsync(port, [bytes[..20], bytes[20..]]);

        Assert.True(port == Http ? answer.Contains("200 OK", StringComparison.Ordinal) : answer.StartsWith('\u0016'), answer);
    }

    private async Task AssertBlockedAsync(int port, params byte[][] pieces)
    {
        Requires.NetworkLab();
        AssertIsBlocked(await TalkAsync(port, pieces));
    }

    /// <summary>A page of ours, or nothing at all: no byte of the server's answer to the forbidden name.</summary>
    private static void AssertIsBlocked(string answer)
    {
        Assert.DoesNotContain($"{Forbidden}, as the lab plays it", answer, StringComparison.Ordinal);
        Assert.True(answer.Length == 0 || answer.Contains("403 Forbidden", StringComparison.Ordinal), answer);
    }

    private async Task<string> TalkAsync(int port, byte[][] pieces)
    {
        using var socket = await ConnectAsync(port);
        foreach (var piece in pieces)
        {
            try
            {
                await socket.SendAsync(piece);
            }
            catch (SocketException)
            {
                break; // reset already: the answer tells
            }
        }

        return await ReadAsync(socket);
    }

    private async Task<Socket> ConnectAsync(int port)
    {
        var socket = await NamespaceSockets.OpenAsync(stage.Lab!.Namespaces.Client, AddressFamily.InterNetwork);
        socket.NoDelay = true; // each send is a segment
        await socket.ConnectAsync(IPAddress.Parse("203.0.113.10"), port);
        return socket;
    }

    /// <summary>What comes until the server pauses or ends; nothing where the connection is reset.</summary>
    private static async Task<string> ReadAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(Patience);
        var buffer = new byte[64 << 10];
        var length = 0;
        try
        {
            int read;
            do
            {
                read = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += read;
            }
            while (read > 0 && socket.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead));
        }
        catch (SocketException)
        {
            // Reset: what came before it is the answer.
        }

        return Encoding.Latin1.GetString(buffer, 0, length);
    }

    private static byte[] Request(string host) => Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
}

public sealed class RouterEvasionTests(RouterStage stage) : EvasionTests(stage), IClassFixture<RouterStage>;

public sealed class BridgeEvasionTests(BridgeStage stage) : EvasionTests(stage), IClassFixture<BridgeStage>;
