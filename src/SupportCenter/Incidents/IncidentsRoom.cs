namespace MediaSecurityLite.SupportCenter.Incidents;

/// <summary>What a human is told.</summary>
internal static class IncidentsRoom
{
    public static void AddIncidents(this IServiceCollection services, IncidentOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IncidentBook>();
    }
}
