using MediaSecurityLite.SupportCenter.Identity;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>The embedded MQTT broker.</summary>
internal static class BrokerRoom
{
    public static void AddBroker(this IServiceCollection services, BrokerOptions options, CertificateAuthority authority)
    {
        services.AddSingleton(options);
        services.AddSingleton(authority);
        services.AddSingleton(provider => new ServerCertificate(authority, options.NamesInForce(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<GatewayTls>();
        services.AddSingleton<GatewayAdmission>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<GatewayListener>();
        services.AddSingleton<GatewayBroker>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayBroker>());
        services.AddHostedService<RemovedSweep>();
    }
}
