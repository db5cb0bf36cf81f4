using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace MediaSecurityLite.Gateway.Health;

internal static class HealthComposition
{
    public static IHostApplicationBuilder AddHealth(this IHostApplicationBuilder builder)
    {
        // Well below the unit's TimeoutStopSec, so that events are saved before systemd loses its patience.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddSingleton<GatewayStatus>().AddHostedService<ControlSocket>();
        if (SystemdHelpers.IsSystemdService())
        {
            builder.Services.AddHostedService<WatchdogService>();
        }

        return builder;
    }

    /// <summary>Logs to standard output: in the journal's form under systemd (levels as &lt;N&gt;), with the time elsewhere.</summary>
    public static IHostApplicationBuilder AddJournal(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSystemd();
        if (SystemdHelpers.IsSystemdService())
        {
            builder.Logging.AddSystemdConsole();
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }

        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        return builder;
    }
}
