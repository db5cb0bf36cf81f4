using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Policy;

internal static class PolicyComposition
{
    public static IHostApplicationBuilder AddPolicy(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PolicyState>().AddSingleton<PolicyLoader>();
        return builder;
    }
}
