using System.CommandLine;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat verify</c></summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var path = PackArgument.Create();
        var keys = PackArgument.TrustedKeysOption(required: true);
        var command = new Command("verify", "Checks a pack: signer, signature, every section.") { path, keys };
        command.SetAction(parsed =>
        {
            using var pack = PackArgument.Open(parsed.GetRequiredValue(path), parsed.GetValue(keys), parsed.InvocationConfiguration.Error);
            if (pack is null)
            {
                return ExitCodes.Failed;
            }

            parsed.InvocationConfiguration.Output.WriteLine($"{parsed.GetRequiredValue(path)}: good, version {pack.Version}, signed with the key {pack.Signer}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
