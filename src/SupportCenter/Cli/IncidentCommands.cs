using System.CommandLine;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary><c>mslcenter admin incidents list|close</c>.</summary>
internal static class IncidentCommands
{
    private const int DefaultLimit = 100;

    public static Command Create() => new("incidents", "Lists incidents and closes those that were dealt with.") { List(), Close() };

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Closed ones too." };
        var limit = new Option<int>("--limit") { Description = "At most so many, the newest first.", DefaultValueFactory = _ => DefaultLimit, HelpName = "NUMBER" };
        var config = Failures.ConfigOption();
        var command = new Command(
            "list", "Lists incidents: number, state, kind, gateway, terminal, family, count, opened (UTC), last seen (UTC); separated by tabs.") { all, limit, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
            await using var db = DataDirectory.OpenDb(settings.Options.DataDirectory);
            var incidents = parsed.GetValue(all) ? db.Incidents : db.Incidents.Where(incident => incident.ClosedAt == null);
            var newest = await incidents.AsNoTracking().OrderByDescending(incident => incident.Id).Take(parsed.GetValue(limit)).ToListAsync(cancellationToken);
            foreach (var incident in newest)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Join(
                    '\t',
                    incident.Id,
                    incident.Closing?.ToString() ?? "Open",
                    incident.Kind,
                    incident.GatewayId,
                    incident.Terminal ?? "-",
                    incident.Family ?? "-",
                    incident.Count,
                    Table.Time(incident.OpenedAt),
                    Table.Time(incident.LastSeen)));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Close()
    {
        var number = new Argument<long>("NUMBER") { Description = "The incident's number." };
        var config = Failures.ConfigOption();
        var command = new Command("close", "Closes an incident; a later detection opens a new one and is mailed again.") { number, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
            await using var db = DataDirectory.OpenDb(settings.Options.DataDirectory);
            var id = parsed.GetValue(number);
            DateTimeOffset? now = TimeProvider.System.GetUtcNow();
            var closed = await db.Incidents
                .Where(incident => incident.Id == id && incident.ClosedAt == null && incident.Kind != IncidentKind.Offline)
                .ExecuteUpdateAsync(
                    incident => incident.SetProperty(i => i.ClosedAt, now).SetProperty(i => i.Closing, IncidentClosing.Operator), cancellationToken);
            if (closed == 0)
            {
                throw new CommandFailedException($"incident {id} is not open, or closes by itself when its gateway returns");
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"closed {id}");
            return ExitCode.Ok;
        });
        return command;
    }
}
