using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Cloud;

internal static class CloudComposition
{
    public static IHostApplicationBuilder AddCloud(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<CloudState>()
            .AddSingleton(services => new CloudMessages(
                services.GetRequiredService<GatewaySettings>().Gateway.Id, services.GetRequiredService<TimeProvider>()))
            .AddSingleton<OutboxDrain>()
            .AddSingleton<HeartbeatSource>()
            .AddSingleton<CloudSession>()
            .AddHostedService<CloudService>();
        return builder;
    }
}
