using System.Net;
using System.Net.Security;
using MediaSecurityLite.SupportCenter.Broker;
using MediaSecurityLite.SupportCenter.Console;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Identity;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Ingest;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Packs;
using MediaSecurityLite.SupportCenter.Packs.Serving;
using MediaSecurityLite.SupportCenter.Settings;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MediaSecurityLite.SupportCenter.Hosting;

/// <summary>Puts the rooms together to the running centre.</summary>
internal static class CenterHost
{
    private const string Name = "mslcenter";

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <param name="options">Checked settings.</param>
    /// <param name="configuration">Where the logging library finds its section.</param>
    /// <param name="authority">The centre's certificate authority.</param>
    /// <param name="time">The clock of everything the centre decides.</param>
    public static WebApplication Build(CenterOptions options, IConfiguration configuration, CertificateAuthority authority, TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration);
        builder.AddLogging();

        // Lets the page find its files when run from a build instead of a publication.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);

        var services = builder.Services;
        services.AddSystemd();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton(time);

        // Hosted services start in this order, the listening sockets last, and stop in the reverse.
        services.AddStorage(options.DataDirectory);
        services.AddIncidents(options.Incidents);
        services.AddIngest();
        services.AddNotifications(options.Mail, options.Support, options.DataDirectory);
        services.AddFleet(options.Fleet);
        services.AddBroker(options.Broker, authority);
        services.AddPacks(options.Packs, options.DataDirectory);
        services.AddConsole(options.Console, options.DataDirectory);
        services.AddCenterHealth();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));

        var app = builder.Build();
        app.MapConsole();
        app.MapCenterHealth();
        return app;
    }

    /// <summary>Where the started centre listens.</summary>
    public static (string Page, string Broker, string Packs) AddressesOf(WebApplication center)
    {
        var addresses = center.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var secure = addresses.Single(address => address.StartsWith("https:", StringComparison.Ordinal));
        return (
            addresses.Single(address => address != secure) + "/",
            secure.Replace("https:", "mqtts:", StringComparison.Ordinal),
            $"https://{center.Services.GetRequiredService<PackServer>().EndPoint}{PackServer.Prefix}");
    }

    /// <summary>Why a stopped centre stopped, if it was a fault of its own.</summary>
    public static string? FaultOf(WebApplication center) => center.Services
        .GetServices<IHostedService>()
        .OfType<BackgroundService>()
        .Select(service => service.ExecuteTask?.Exception?.InnerException)
        .OfType<Exception>()
        .Select(exception => $"{exception.GetType().Name}: {exception.Message}")
        .FirstOrDefault();

    private static void Listen(KestrelServerOptions kestrel, CenterOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Console.EndPoint, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        kestrel.Listen(IPAddress.Parse(options.Broker.Address), options.Broker.Port, endpoint =>
        {
            endpoint.UseHttps(kestrel.ApplicationServices.GetRequiredService<GatewayTls>().Handshake(new SslApplicationProtocol("mqtt")));
            endpoint.UseConnectionHandler<GatewayListener>();
        });
    }
}
