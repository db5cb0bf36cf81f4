using System.CommandLine;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Packs.Library;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary><c>mslcenter admin patterns import|list|release|rollout</c>.</summary>
internal static class PatternCommands
{
    public static Command Create() => new("patterns", "Takes pattern packs in and lets them out to the gateways.")
    {
        Import(), List(), Release(), RolloutCommands.Create(),
    };

    private static Command Import()
    {
        var repository = new Argument<string>("REPOSITORY-DIR") { Description = "What 'mslpat publish' wrote: root, manifests, blobs, deltas." };
        var config = Failures.ConfigOption();
        var command = new Command("import", "Copies a pattern repository, all of it checked, or nothing. Releases nothing.") { repository, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            var directory = settings.Options.DataDirectory;
            await DataDirectory.PrepareAsync(directory, cancellationToken);
            await using var db = DataDirectory.OpenDb(directory);
            var import = new PackImport(new PackLibrary(directory), db, TimeProvider.System);
            try
            {
                var result = await import.RunAsync(Path.GetFullPath(parsed.GetValue(repository)!), cancellationToken);
                foreach (var pack in result.Packs)
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync($"imported {pack.Name} {pack.Version}");
                }

                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{result.Packs.Count} new versions, {result.Files} new files, {result.Bytes} bytes; root {result.RootVersion}");
            }
            catch (PackImportException exception)
            {
                throw new CommandFailedException($"nothing imported: {exception.Message}");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command List()
    {
        var config = Failures.ConfigOption();
        var command = new Command("list", "Lists imported versions: pack, version, bytes, made (UTC), expires (UTC), manifest; separated by tabs.") { config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
            await using var db = DataDirectory.OpenDb(settings.Options.DataDirectory);
            await foreach (var pack in db.Packs.AsNoTracking().OrderBy(pack => pack.Name).ThenByDescending(pack => pack.Id)
                .AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Join(
                    '\t', pack.Name, pack.Version, pack.Bytes, Table.Time(pack.Created), Table.Time(pack.Expires), pack.ManifestSha256));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Release()
    {
        var name = new Argument<string>("NAME") { Description = "The pack's name." };
        var version = new Argument<string>("VERSION") { Description = "An imported version." };
        var channel = new Option<string>("--channel")
        {
            Description = "stable: 1 %, 10 %, all gateways, each watched before the next; canary: all of its gateways at once.",
            Required = true,
        };
        channel.AcceptOnlyFromAmong(PatternChannels.Canary, PatternChannels.Stable);
        var config = Failures.ConfigOption();
        var command = new Command("release", "Starts the rollout of an imported version.") { name, version, channel, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
            await using var db = DataDirectory.OpenDb(settings.Options.DataDirectory);
            var (pack, wanted, where) = (parsed.GetValue(name)!, parsed.GetValue(version)!, parsed.GetValue(channel)!);
            var (rollout, refusal) = await new RolloutDesk(db, TimeProvider.System).ReleaseAsync(pack, wanted, where, cancellationToken);
            if (rollout is null)
            {
                throw new CommandFailedException(refusal switch
                {
                    ReleaseRefusal.NotImported => $"{pack} {wanted} is not imported",
                    ReleaseRefusal.Expired => $"{pack} {wanted} has expired; gateways would refuse it",
                    _ => $"{where} has had {pack} {wanted} or a newer version; gateways do not go back",
                });
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"rollout {rollout.Id}: {pack} {wanted} on {where}, {Table.Percent(rollout.Share)} of the gateways");
            return ExitCode.Ok;
        });
        return command;
    }
}
