using MediaSecurityLite.Gateway.Inline;
using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Pipeline;

internal static class PipelineComposition
{
    public static IHostApplicationBuilder AddPipeline(this IHostApplicationBuilder builder, GatewayMode mode)
    {
        builder.Services
            .AddSingleton<PacketCounters>()
            .AddSingleton<DetectionReporter>()
            .AddSingleton<SnapshotState>()
            .AddSingleton<SnapshotService>()
            .AddHostedService(services => services.GetRequiredService<SnapshotService>())
            .AddHostedService<RepeatService>();
        if (mode == GatewayMode.Monitor)
        {
            builder.Services.AddHostedService<PacketService>();
        }
        else
        {
            builder.Services.AddInline();
        }

        return builder;
    }
}
