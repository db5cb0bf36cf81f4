using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Updates;

internal static class UpdatesComposition
{
    public static IHostApplicationBuilder AddUpdates(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<ContactRecord>()
            .AddSingleton<PatternEvents>()
            .AddSingleton<Announcements>()
            .AddSingleton<UpdateStore>()
            .AddSingleton(services => services.GetRequiredService<GatewaySettings>().Updates)
            .AddSingleton(services => new PackSelfTest(services.GetRequiredService<GatewaySettings>().Cloud.Host))
            .AddSingleton<PackUpdate>()
            .AddSingleton<PackUpdater>()
            .AddHostedService<UpdateService>();
        return builder;
    }
}
