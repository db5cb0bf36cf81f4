namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>How events come in.</summary>
internal static class IngestRoom
{
    public static void AddIngest(this IServiceCollection services)
    {
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<IngestGate>();
        services.AddSingleton<ArrivalBatch>();
        services.AddHostedService<EventWriter>();
    }
}
