using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Patterns.Tests.Fetching;

/// <summary>A real HTTPS server on loopback with a certificate of its own, and a client that trusts that one alone.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate = MakeCertificate();

    private FeedServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _application = builder.Build();
        _application.Run(context =>
        {
            Requests.Add((context.Request.Headers.IfNoneMatch.ToString(), context.Request.Path));
            return Answer(context);
        });
        Client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.Thumbprint },
        });
    }

    /// <summary>What the server does; a test sets it.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>The tag that each request asked with, and its path.</summary>
    public List<(string Tag, string Path)> Requests { get; } = [];

    public HttpClient Client { get; }

    public string Url => $"{_application.Urls.First()}/feed.txt";

    public static async Task<FeedServer> StartAsync()
    {
        var server = new FeedServer();
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Answers with a text and a tag, or with 304 to who has it.</summary>
    public void Serve(string text, string tag) => Answer = context =>
    {
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return context.Response.WriteAsync(text);
    };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
