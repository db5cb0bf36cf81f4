using MediaSecurityLite.Gateway.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Inline;

internal static class InlineComposition
{
    /// <summary>The packet path of the modes that block.</summary>
    public static IServiceCollection AddInline(this IServiceCollection services) => services
        .AddSingleton<InlineService>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<InlineService>())
        .AddHostedService(provider => new ProgressGuard(provider.GetRequiredService<PacketCounters>(), Environment.FailFast))
        .AddHostedService<RuleWatchService>();
}
