using MediaSecurityLite.SupportCenter.Packs.Announcing;
using MediaSecurityLite.SupportCenter.Packs.Library;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using MediaSecurityLite.SupportCenter.Packs.Serving;

namespace MediaSecurityLite.SupportCenter.Packs;

/// <summary>Pattern packs: kept, served, announced, let out in stages.</summary>
internal static class PacksRoom
{
    public static void AddPacks(this IServiceCollection services, PackOptions options, string dataDirectory)
    {
        services.AddSingleton(options);
        services.AddSingleton(new PackLibrary(dataDirectory));
        services.AddSingleton<PackMetrics>();
        services.AddSingleton<PackRequests>();
        services.AddSingleton<PackServer>();
        services.AddHostedService(provider => provider.GetRequiredService<PackServer>());
        services.AddHostedService<PackAnnouncer>();
        services.AddSingleton<RolloutPatrol>();
        services.AddHostedService(provider => provider.GetRequiredService<RolloutPatrol>());
    }
}
