using System.CommandLine;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Identity;
using MediaSecurityLite.SupportCenter.Language;
using MediaSecurityLite.SupportCenter.Notifications;
using MediaSecurityLite.SupportCenter.Storage;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary><c>mslcenter admin gateway add|list|remove</c>.</summary>
internal static class GatewayCommands
{
    public static Command Create() => new("gateway", "Registers gateways and takes them off the fleet.") { Add(), List(), Remove() };

    private static Argument<GatewayId> IdArgument() => new("ID")
    {
        Description = $"The gateway's id: 1 to {GatewayId.MaxLength} of a-z 0-9 -",
        CustomParser = result =>
        {
            if (GatewayId.TryParse(result.Tokens[0].Value, out var id))
            {
                return id;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no gateway id: 1 to {GatewayId.MaxLength} of a-z 0-9 -");
            return default;
        },
    };

    private static Command Add()
    {
        var id = IdArgument();
        var name = new Option<string>("--name") { Description = "What people call it: the customer or the site.", Required = true, HelpName = "NAME" };
        var mail = new Option<string>("--mail") { Description = "Where the customer's mails go.", Required = true, HelpName = "ADDRESS" };
        var language = new Option<string>("--language") { Description = "Language of the customer's mails.", DefaultValueFactory = _ => Languages.Japanese.Name };
        language.AcceptOnlyFromAmong([.. Languages.All.Select(known => known.Name)]);
        var folder = new Option<string>("--out")
        {
            Description = "Folder for the credential: ca.pem, gateway.pem and gateway.key. The key is kept nowhere else.",
            Required = true,
            HelpName = "FOLDER",
        };
        name.Validators.Add(result => Check(result, IsName, $"--name must be one line of 1 to {FleetMember.MaxNameLength} characters"));
        mail.Validators.Add(result => Check(result, MailAddress.IsValid, "--mail must be a mail address"));
        var config = Failures.ConfigOption();
        var command = new Command("add", "Registers a gateway and writes its credential.") { id, name, mail, language, folder, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            var directory = settings.Options.DataDirectory;
            await DataDirectory.PrepareAsync(directory, cancellationToken);
            using var authority = CertificateAuthority.Open(directory, TimeProvider.System);
            await using var db = DataDirectory.OpenDb(directory);
            var registry = new FleetRegistry(db, authority, TimeProvider.System);
            var member = new NewMember(parsed.GetValue(id), parsed.GetValue(name)!, parsed.GetValue(mail)!, parsed.GetValue(language)!);
            var target = Path.GetFullPath(parsed.GetValue(folder)!);
            if (!await registry.AddAsync(member, credential => credential.WriteTo(target), cancellationToken))
            {
                throw new CommandFailedException($"gateway {member.Id} is registered already");
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"registered {member.Id}; credential in {target}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command List()
    {
        var config = Failures.ConfigOption();
        var command = new Command("list", "Lists the registered gateways: id, last seen (UTC), language, name; separated by tabs.") { config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            await DataDirectory.PrepareAsync(settings.Options.DataDirectory, cancellationToken);
            await using var db = DataDirectory.OpenDb(settings.Options.DataDirectory);
            foreach (var gateway in await FleetRegistry.ListAsync(db, cancellationToken))
            {
                var seen = gateway.LastSeenAt is { } at ? Table.Time(at) : "never";
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{gateway.Id}\t{seen}\t{gateway.Language}\t{gateway.Name}");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Remove()
    {
        var id = IdArgument();
        var config = Failures.ConfigOption();
        var command = new Command("remove", "Takes a gateway off the fleet: its credential opens nothing any more. What it reported stays.") { id, config };
        command.SetAction(config, async (parsed, settings, cancellationToken) =>
        {
            var directory = settings.Options.DataDirectory;
            await DataDirectory.PrepareAsync(directory, cancellationToken);
            await using var db = DataDirectory.OpenDb(directory);
            var gateway = parsed.GetValue(id);
            if (!await FleetRegistry.RemoveAsync(db, gateway, TimeProvider.System, cancellationToken))
            {
                throw new CommandFailedException($"gateway {gateway} is not registered");
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"removed {gateway}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= FleetMember.MaxNameLength && UntrustedText.Line(name, FleetMember.MaxNameLength) == name;

    private static void Check(System.CommandLine.Parsing.OptionResult result, Func<string, bool> isValid, string fault)
    {
        if (result.Tokens.Count == 1 && !isValid(result.Tokens[0].Value))
        {
            result.AddError(fault);
        }
    }
}
