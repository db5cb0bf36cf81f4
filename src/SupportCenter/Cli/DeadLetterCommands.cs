using System.CommandLine;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary><c>mslcenter admin deadletters list</c>.</summary>
internal static class DeadLetterCommands
{
    private const int DefaultLimit = 100;

    public static Command Create() => new("deadletters", "Shows messages that could not be taken in.") { List() };

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "At most so many, the newest first.", DefaultValueFactory = _ => DefaultLimit, HelpName = "NUMBER" };
        var config = Failures.ConfigOption();
        var command = new Command("list", "Lists dead letters: received (UTC), gateway, reason, bytes, topic; separated by tabs.") { limit, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
            await using var db = DataDirectory.OpenDb(settings.Options.DataDirectory);
            var newest = await db.DeadLetters.AsNoTracking().OrderByDescending(letter => letter.Id).Take(parsed.GetValue(limit)).ToListAsync(cancellationToken);
            foreach (var letter in newest)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{Table.Time(letter.ReceivedAt)}\t{letter.GatewayId}\t{letter.Reason}\t{letter.Size}\t{letter.Topic}");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
