using System.CommandLine;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary>The command line as a whole.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("The support centre of media Security Lite: takes in what the gateways report, opens incidents, mails the customer and shows it all on one page.")
        {
            RunCommand.Create(),
            new Command("admin", "Looks after the fleet, its incidents and its pattern packs. Works while the centre runs, on the same data directory; run it as the same user.")
            {
                GatewayCommands.Create(),
                IncidentCommands.Create(),
                DeadLetterCommands.Create(),
                PatternCommands.Create(),
            },
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"mslcenter: {OneLine(error.Message)}");
            }

            return ExitCode.BadUsage;
        }

        return await parsed.InvokeAsync();
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
