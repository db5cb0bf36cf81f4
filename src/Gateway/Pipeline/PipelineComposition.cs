using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Pipeline;

internal static class PipelineComposition
{
    public static IHostApplicationBuilder AddPipeline(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<PacketCounters>()
            .AddSingleton<DetectionReporter>()
            .AddSingleton<SnapshotState>()
            .AddHostedService<SnapshotService>()
            .AddHostedService<RepeatService>()
            .AddHostedService<PacketService>();
        return builder;
    }
}
