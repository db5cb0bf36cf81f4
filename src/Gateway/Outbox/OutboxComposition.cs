using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Outbox;

internal static class OutboxComposition
{
    public static IHostApplicationBuilder AddOutbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventOutbox>().AddHostedService<OutboxService>();
        return builder;
    }
}
