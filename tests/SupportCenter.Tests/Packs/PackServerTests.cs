using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Identity;
using MediaSecurityLite.SupportCenter.Packs.Library;

namespace MediaSecurityLite.SupportCenter.Tests.Packs;

/// <summary>Fetching pattern files as a gateway does, and as those do who are none.</summary>
public sealed class PackServerTests : IAsyncLifetime
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Content));

    private readonly TemporaryFolder _folder = new();
    private RunningCenter _center = null!;
    private X509Certificate2 _certificate = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Uri Blob => new($"blobs/{Digest}", UriKind.Relative);

    public async ValueTask InitializeAsync()
    {
        _center = await RunningCenter.StartAsync(_folder.Path, options => options.Packs.RequestsPerMinute = 30);
        _certificate = await _center.RegisterAsync("gw-1");
        var library = new PackLibrary(_folder["data"]);
        Directory.Delete(library.NewStaging());
        await File.WriteAllBytesAsync(library.PathOf(PackFileName.Blob(Digest)), Content, Token);
        await File.WriteAllTextAsync(library.PathOf(PackFileName.Root(1)), "{}", Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _center.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Get_File_IsSentWithItsNameAsEntityTag()
    {
        using var gateway = _center.Fetcher(_certificate);

        using var response = await gateway.GetAsync(Blob, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Content, await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal($"\"{Digest}\"", response.Headers.ETag!.Tag);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Get_Root_IsJson()
    {
        using var gateway = _center.Fetcher(_certificate);

        using var response = await gateway.GetAsync(new Uri("root/1.json", UriKind.Relative), Token);

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_Range_ContinuesABrokenDownload()
    {
        using var gateway = _center.Fetcher(_certificate);
        using var request = new HttpRequestMessage(HttpMethod.Get, Blob);
        request.Headers.Range = new RangeHeaderValue(60_000, null);
        request.Headers.IfRange = new RangeConditionHeaderValue($"\"{Digest}\"");

        using var response = await gateway.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(60_000, 99_999, 100_000), response.Content.Headers.ContentRange);
        Assert.Equal(Content[60_000..], await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Get_WhatTheGatewayHas_IsNotSentAgain()
    {
        using var gateway = _center.Fetcher(_certificate);
        using var request = new HttpRequestMessage(HttpMethod.Get, Blob);
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{Digest}\""));

        using var response = await gateway.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Theory]
    [InlineData("../center.db")]
    [InlineData("blobs/..%2F..%2Fauthority.pem")]
    [InlineData("blobs/%2e%2e/%2e%2e/authority.pem")]
    [InlineData("blobs/")]
    [InlineData("root/2.json")]
    [InlineData("root/1.json/")]
    [InlineData("root/1.JSON")]
    [InlineData("")]
    public async Task Get_AnythingElse_IsNotFound(string path) =>
        Assert.StartsWith("HTTP/1.1 404", await AskAsync($"GET /patterns/{path} HTTP/1.1"), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET / HTTP/1.1", "404")]
    [InlineData("GET /healthz HTTP/1.1", "404")]
    [InlineData("GET /console.css HTTP/1.1", "404")]
    [InlineData("GET /patterns/../../../etc/passwd HTTP/1.1", "404")]
    [InlineData("POST /patterns/root/1.json HTTP/1.1", "405")]
    [InlineData("DELETE /patterns/root/1.json HTTP/1.1", "405")]
    public async Task Ask_ForWhatIsNotServed_IsRefused(string request, string status) =>
        Assert.StartsWith($"HTTP/1.1 {status}", await AskAsync(request), StringComparison.Ordinal);

    [Fact]
    public async Task Get_OnThePage_FindsNoPatternFiles()
    {
        using var browser = new HttpClient();

        using var response = await browser.GetAsync(new Uri(_center.Page, "patterns/root/1.json"), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Get_WithoutCertificate_IsRefused() => await AssertNoAnswerAsync(_center.Fetcher(certificate: null));

    [Fact]
    public async Task Get_WithCertificateOfAnotherAuthority_IsRefused()
    {
        using var foreign = CertificateAuthority.Open(_folder.Path, TimeProvider.System);
        foreign.IssueGateway(GatewayId.Parse("gw-1")).WriteTo(_folder["foreign"]);
        using var certificate = X509Certificate2.CreateFromPemFile(_folder["foreign/gateway.pem"], _folder["foreign/gateway.key"]);

        await AssertNoAnswerAsync(_center.Fetcher(certificate));
    }

    [Fact]
    public async Task Get_WithTls12_IsRefused() => await AssertNoAnswerAsync(_center.Fetcher(_certificate, SslProtocols.Tls12));

    [Fact]
    public async Task Get_AfterRemoval_IsRefusedAtOnceEvenOnAnOpenConnection()
    {
        using var gateway = _center.Fetcher(_certificate);
        using var before = await gateway.GetAsync(Blob, Token);
        await _center.RemoveAsync("gw-1");

        using var after = await gateway.GetAsync(Blob, Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task Get_WithTheCertificateBeforeTheLast_IsRefused()
    {
        await _center.RemoveAsync("gw-1");
        using var newer = await _center.RegisterAsync("gw-1");
        using var gateway = _center.Fetcher(_certificate);

        using var response = await gateway.GetAsync(Blob, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Get_TooOften_IsRefusedForThisGatewayOnly()
    {
        using var other = await _center.RegisterAsync("gw-2");
        using var greedy = _center.Fetcher(_certificate);
        using var modest = _center.Fetcher(other);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 31; i++)
        {
            using var response = await greedy.GetAsync(new Uri("root/1.json", UriKind.Relative), Token);
            statuses.Add(response.StatusCode);
        }

        using var unharmed = await modest.GetAsync(Blob, Token);

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(HttpStatusCode.OK, unharmed.StatusCode);
    }

    [Fact]
    public async Task Get_WhenAllConnectionsAreTaken_IsTurnedAway()
    {
        await _center.DisposeAsync();
        _center = await RunningCenter.StartAsync(_folder.Path, options => options.Packs.MaxConnections = 1);
        using var first = _center.Fetcher(_certificate);
        using var second = _center.Fetcher(_certificate);
        using var served = await first.GetAsync(Blob, Token);

        await Assert.ThrowsAsync<HttpRequestException>(() => second.GetAsync(Blob, Token));

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    private static async Task AssertNoAnswerAsync(HttpClient stranger)
    {
        using (stranger)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(Blob, Token));
        }
    }

    /// <summary>Sends a request line as it stands: HTTP clients tidy paths up before they send them.</summary>
    private async Task<string> AskAsync(string requestLine)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _center.Packs.Port, Token);
        await using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificateContext = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true),
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { _center.Authority },
                },
            },
            Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{requestLine}\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Token);
    }
}
