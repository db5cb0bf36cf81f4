using System.CommandLine;
using System.Data.Common;
using System.Security.Cryptography;
using MediaSecurityLite.SupportCenter.Settings;
using Microsoft.AspNetCore.Connections;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary>Turns what a user or the machine got wrong into one line and an exit code. Our own bugs pass through.</summary>
internal static class Failures
{
    public static Option<string?> ConfigOption() => new("--config")
    {
        Description = $"Settings file (JSON). Default: {SettingsFile.DefaultPath} where it exists. Environment variables MSLCENTER_Section__Key go before it.",
        HelpName = "FILE",
    };

    /// <summary>Runs a command's work with its settings read.</summary>
    public static void SetAction(this Command command, Option<string?> config, Func<ParseResult, LoadedSettings, CancellationToken, Task<int>> work) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            try
            {
                var (options, configuration) = SettingsFile.Load(parsed.GetValue(config));
                return await work(parsed, new LoadedSettings(options, configuration), cancellationToken);
            }
            catch (SettingsException exception)
            {
                foreach (var fault in exception.Faults)
                {
                    await error.WriteLineAsync($"mslcenter: {fault}");
                }

                return ExitCode.BadConfiguration;
            }
            catch (Exception exception) when (Explain(exception) is { } line)
            {
                await error.WriteLineAsync($"mslcenter: {line}");
                return ExitCode.Failed;
            }
        });

    private static string? Explain(Exception exception) => exception switch
    {
        CommandFailedException => exception.Message,
        IOException { InnerException: AddressInUseException } => exception.Message.TrimEnd('.'),
        System.Net.Sockets.SocketException => $"cannot listen: {exception.Message}",
        UnauthorizedAccessException => exception.Message.TrimEnd('.'),
        IOException => exception.Message.TrimEnd('.'),
        DbException => $"database: {exception.Message}",
        CryptographicException => $"certificate authority: {exception.Message}",
        _ => null,
    };
}
