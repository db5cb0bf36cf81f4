using System.CommandLine;
using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary><c>mslgw policy check|show</c>.</summary>
internal static class PolicyCommand
{
    private static readonly Argument<string?> File = new("FILE")
    {
        Description = "Policy document; where it is left out, the one of the settings",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly ContractsJson Readable =
        new(new JsonSerializerOptions(ContractsJson.Default.Options) { WriteIndented = true });

    public static Command Create()
    {
        var check = new Command("check", "Say what is wrong with a policy document") { File };
        check.SetAction(parsed => Check(PathOf(parsed)));
        var show = new Command("show", "Print a policy document with everything it leaves to its default") { File };
        show.SetAction(parsed => Show(PathOf(parsed)));
        return new Command("policy", "The contract's policy") { check, show };
    }

    private static string PathOf(ParseResult parsed) =>
        parsed.GetValue(File) ?? GatewaySettings.Read(parsed.GetRequiredValue(CommandLine.ConfigOption)).Policy.File;

    private static int Check(string path) => WithPolicy(path, policy =>
        Console.Out.WriteLine($"{path}: version {policy.Version} is good"));

    private static int Show(string path) => WithPolicy(path, policy =>
        Console.Out.WriteLine(JsonSerializer.Serialize(policy, Readable.PolicyDocument)));

    private static int WithPolicy(string path, Action<PolicyDocument> action)
    {
        try
        {
            action(PolicyReader.Read(path));
            return ExitCode.Ok;
        }
        catch (PolicyException e)
        {
            return CommandLine.Fail(e.Faults, ExitCode.Failed);
        }
    }
}
