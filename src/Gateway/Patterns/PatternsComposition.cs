using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Patterns;

internal static class PatternsComposition
{
    public static IHostApplicationBuilder AddPatterns(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton(services => Settings(services).Patterns.ShelfIn(Settings(services).Gateway.DataDirectory))
            .AddSingleton(services => Settings(services).Patterns.TrustIn(Settings(services).Gateway.DataDirectory))
            .AddSingleton<PatternState>()
            .AddSingleton<PatternLoader>();
        return builder;
    }

    private static GatewaySettings Settings(IServiceProvider services) => services.GetRequiredService<GatewaySettings>();
}
