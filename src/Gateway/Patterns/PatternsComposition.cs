using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Patterns;

internal static class PatternsComposition
{
    public static IHostApplicationBuilder AddPatterns(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PatternState>().AddSingleton<PatternLoader>();
        return builder;
    }
}
