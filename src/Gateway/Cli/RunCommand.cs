using System.CommandLine;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary><c>mslgw run</c>: the service.</summary>
internal static class RunCommand
{
    public static Command Create(Func<GatewaySettings, IHost> compose)
    {
        var command = new Command("run", "Run the service in the foreground");
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(compose, parsed.GetRequiredValue(CommandLine.ConfigOption), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Func<GatewaySettings, IHost> compose, string configFile, CancellationToken cancellationToken)
    {
        var settings = GatewaySettings.Load(configFile);
        Folders.Prepare(settings.Gateway);
        using var host = compose(settings);
        await host.StartAsync(cancellationToken);
        await host.WaitForShutdownAsync(cancellationToken);

        // The host stops when a service fails, and says nothing of it to its caller; systemd must see the failure.
        var failed = host.Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Any(service => service.ExecuteTask is { IsFaulted: true });
        return failed ? ExitCode.Failed : ExitCode.Ok;
    }
}
