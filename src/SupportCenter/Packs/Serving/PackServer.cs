using System.Net;
using System.Net.Security;
using MediaSecurityLite.SupportCenter.Broker;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MediaSecurityLite.SupportCenter.Packs.Serving;

/// <summary>
/// Serves pattern files to gateways: a web server of its own, so that nothing of the page can be reached on its port and its
/// bounds do not touch the broker's connections.
/// </summary>
internal sealed class PackServer : IHostedService, IAsyncDisposable
{
    public const string Prefix = "/patterns";

    private const int LargestRequestLine = 1024;
    private const int LargestHeaders = 8 * 1024;

    private readonly WebApplication _server;
    private readonly PackOptions _options;

    public PackServer(PackOptions options, GatewayTls tls, PackRequests requests)
    {
        _options = options;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mslcenter" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<KestrelServerOptions>(kestrel => Listen(kestrel, options, tls));
        _server = builder.Build();
        _server.Run(requests.AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint
    {
        get
        {
            var address = _server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            return new IPEndPoint(IPAddress.Parse(_options.Address), new Uri(address).Port);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Listen(KestrelServerOptions kestrel, PackOptions options, GatewayTls tls)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.MaxRequestLineSize = LargestRequestLine;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Listen(IPAddress.Parse(options.Address), options.Port, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            endpoint.UseHttps(tls.Handshake(SslApplicationProtocol.Http11));
        });
    }
}
