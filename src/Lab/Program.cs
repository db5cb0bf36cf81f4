using System.CommandLine;
using MediaSecurityLite.Lab;
using MediaSecurityLite.Lab.Cli;

var root = new RootCommand("Network lab of media Security Lite: namespaces, real clients and servers, scenarios, the demo")
{
    LabCommands.Up(),
    LabCommands.Down(),
    LabCommands.Run(),
    CaptureCommand.Create(),
    DemoCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync($"msllab: {parsed.Errors[0].Message.ReplaceLineEndings("").Replace("\t", " ", StringComparison.Ordinal)} (see --help)");
    return 2;
}

try
{
    // Cleaning up after Ctrl-C takes a moment: every program of the lab is ended before its namespaces go.
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    });
}
catch (LabException failure)
{
    await Console.Error.WriteLineAsync($"msllab: {failure.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("msllab: ended before it was done");
    return 1;
}
