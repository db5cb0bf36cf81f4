using System.CommandLine;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat sign</c></summary>
internal static class SignCommand
{
    public static Command Create()
    {
        var path = PackArgument.Create();
        var keyFile = new Option<string>("--key") { Description = "Private key to sign with (PEM, P-256).", Required = true };
        var target = new Option<string?>("--out") { Description = "Where to write the signed pack; over the pack itself where absent." };
        var command = new Command("sign", "Signs a pack with another key.") { path, keyFile, target };
        command.SetAction(parsed =>
        {
            var pack = parsed.GetRequiredValue(path);
            using (var checkedPack = PackArgument.Open(pack, keys: null, parsed.InvocationConfiguration.Error))
            {
                if (checkedPack is null)
                {
                    return ExitCodes.Failed;
                }
            }

            using var key = KeyFile.ReadPrivate(parsed.GetRequiredValue(keyFile));
            var signed = parsed.GetValue(target) ?? pack;
            DurableFile.Write(signed, PackWriter.Resign(File.ReadAllBytes(pack), key));
            parsed.InvocationConfiguration.Output.WriteLine($"{signed}: signed with the key {PackKeys.Id(key.ExportSubjectPublicKeyInfo())}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
