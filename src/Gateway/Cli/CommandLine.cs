using System.CommandLine;
using System.CommandLine.Invocation;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary>How every command is run and how its failures reach the person: one line each on standard error, one exit code.</summary>
internal static class CommandLine
{
    /// <summary>The settings file; every command takes it.</summary>
    public static readonly Option<string> ConfigOption = new("--config")
    {
        Description = "Settings file",
        DefaultValueFactory = _ => GatewaySettings.DefaultFile,
        HelpName = "FILE",
        Recursive = true,
    };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"mslgw: {error.Message}");
            }

            return ExitCode.BadUsage;
        }

        try
        {
            // The host handles signals; the default handler would print a stack trace.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OptionsValidationException e)
        {
            return Fail(e.Failures, ExitCode.BadConfiguration);
        }
        catch (StartException e)
        {
            return Fail([e.Message], ExitCode.Failed);
        }
    }

    public static int Fail(IEnumerable<string> lines, int exitCode)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine($"mslgw: {line.ReplaceLineEndings(" ")}");
        }

        return exitCode;
    }
}
