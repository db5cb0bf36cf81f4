namespace MediaSecurityLite.SupportCenter.Fleet;

/// <summary>The gateways and how they stand.</summary>
internal static class FleetRoom
{
    public static void AddFleet(this IServiceCollection services, FleetOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Liveness>();
        services.AddSingleton<FleetPatrol>();
        services.AddHostedService(provider => provider.GetRequiredService<FleetPatrol>());
    }
}
