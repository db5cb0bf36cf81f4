using System.CommandLine;
using System.Globalization;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary><c>mslcenter admin patterns rollout status|stop|resume|end</c>.</summary>
internal static class RolloutCommands
{
    private const int DefaultLimit = 20;

    public static Command Create() => new("rollout", "Shows rollouts and lets an operator decide about them.")
    {
        Status(),
        Step("stop", RolloutStep.Stop, "Withdraws a version: those who have it keep it, nobody else gets it.", "stopped"),
        Step("resume", RolloutStep.Resume, "Goes on with a stopped rollout at its share; what was reported before is forgiven.", "resumed"),
        Step("end", RolloutStep.End, "Withdraws a version for good.", "ended"),
    };

    private static Command Status()
    {
        var limit = new Option<int>("--limit") { Description = "At most so many, the newest first.", DefaultValueFactory = _ => DefaultLimit, HelpName = "NUMBER" };
        var config = Failures.ConfigOption();
        var command = new Command(
            "status",
            "Lists rollouts: number, state, channel, pack, version, share, since (UTC), installed, refused, rolled back, why stopped; separated by tabs.") { limit, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
            await using var db = DataDirectory.OpenDb(settings.Options.DataDirectory);
            var newest = await db.Rollouts.AsNoTracking().OrderByDescending(rollout => rollout.Id).Take(parsed.GetValue(limit)).ToListAsync(cancellationToken);
            foreach (var rollout in newest)
            {
                var (installed, refused, rolledBack) = await RolloutObserver.CountAsync(db, rollout, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Join(
                    '\t',
                    rollout.Id,
                    rollout.State,
                    rollout.Channel,
                    rollout.Pack,
                    rollout.Version,
                    Table.Percent(rollout.Share),
                    Table.Time(rollout.StoppedAt ?? rollout.StageStartedAt),
                    installed,
                    refused,
                    rolledBack,
                    WhyOf(rollout)));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Step(string verb, RolloutStep step, string description, string done)
    {
        var number = new Argument<long>("NUMBER") { Description = "The rollout's number, as 'status' shows it." };
        var config = Failures.ConfigOption();
        var command = new Command(verb, description) { number, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
            await using var db = DataDirectory.OpenDb(settings.Options.DataDirectory);
            var id = parsed.GetValue(number);
            var (rollout, taken) = await new RolloutDesk(db, TimeProvider.System).TakeAsync(id, step, cancellationToken)
                ?? throw new CommandFailedException($"there is no rollout {id}");
            if (!taken)
            {
                throw new CommandFailedException($"rollout {id} is {rollout.State} and cannot be {done}");
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{done} {id}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static string WhyOf(Rollout rollout) => rollout switch
    {
        { StopCause: null } => "-",
        { StopFound: { } found, StopMeasure: { } measure } => string.Create(CultureInfo.InvariantCulture, $"{rollout.StopCause}: {found} against {measure:0.#}"),
        _ => $"{rollout.StopCause}",
    };
}
