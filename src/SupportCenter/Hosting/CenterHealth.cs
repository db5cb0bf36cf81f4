using MediaSecurityLite.SupportCenter.Broker;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MediaSecurityLite.SupportCenter.Hosting;

/// <summary><c>/healthz</c>: whether the centre can take events in.</summary>
internal static class CenterHealth
{
    public static void AddCenterHealth(this IServiceCollection services) => services
        .AddHealthChecks()
        .AddCheck<DatabaseCheck>("database")
        .AddCheck<BrokerCheck>("broker");

    public static void MapCenterHealth(this WebApplication app) => app.MapHealthChecks("/healthz");

    private sealed class DatabaseCheck(IDbContextFactory<CenterDb> databases) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            return await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
    }

    private sealed class BrokerCheck(GatewayBroker broker) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            Task.FromResult(broker.IsRunning ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }
}
