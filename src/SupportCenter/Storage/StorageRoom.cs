namespace MediaSecurityLite.SupportCenter.Storage;

/// <summary>The database.</summary>
internal static class StorageRoom
{
    public static void AddStorage(this IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton<WriteTurn>();
        services.AddDbContextFactory<CenterDb>(builder => Sqlite.Use(builder, dataDirectory));
    }
}
