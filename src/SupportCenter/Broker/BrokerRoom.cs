using System.Net;
using MediaSecurityLite.SupportCenter.Identity;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>The embedded MQTT broker.</summary>
internal static class BrokerRoom
{
    public static void AddBroker(this IServiceCollection services, BrokerOptions options, CertificateAuthority authority)
    {
        string[] names = options.HostNames.Length > 0 ? options.HostNames : [Dns.GetHostName(), "localhost", "127.0.0.1"];
        services.AddSingleton(authority);
        services.AddSingleton(provider => new ServerCertificate(authority, names, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BrokerTls>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<GatewayListener>();
        services.AddSingleton<GatewayBroker>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayBroker>());
        services.AddHostedService<RemovedSweep>();
    }
}
