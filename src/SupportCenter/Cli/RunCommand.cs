using System.CommandLine;
using MediaSecurityLite.SupportCenter.Hosting;
using MediaSecurityLite.SupportCenter.Identity;
using MediaSecurityLite.SupportCenter.Storage;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary><c>mslcenter run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var config = Failures.ConfigOption();
        var command = new Command("run", "Runs the centre until it is told to stop (SIGTERM, Ctrl+C).") { config };
        command.SetAction(config, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, LoadedSettings settings, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        var error = parsed.InvocationConfiguration.Error;
        await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
        using var authority = CertificateAuthority.Open(settings.Options.DataDirectory, TimeProvider.System);
        await using var center = CenterHost.Build(settings.Options, settings.Configuration, authority, TimeProvider.System);
        await center.StartAsync(cancellationToken);
        var (page, broker, packs) = CenterHost.AddressesOf(center);
        await output.WriteLineAsync($"mslcenter: page {page} gateways {broker} patterns {packs}");
        await center.WaitForShutdownAsync(cancellationToken);
        if (CenterHost.FaultOf(center) is { } fault)
        {
            await error.WriteLineAsync($"mslcenter: stopped by a fault: {fault}");
            return ExitCode.Failed;
        }

        return ExitCode.Ok;
    }
}
