using System.CommandLine;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat keygen</c></summary>
internal static class KeygenCommand
{
    public static Command Create()
    {
        var target = new Option<string>("--out") { Description = "The private key to write (PEM, readable by its owner only).", Required = true };
        var publicTarget = new Option<string?>("--public") { Description = "The public key to write; beside the private one as *.pub.pem where absent." };
        var command = new Command("keygen", "Makes a key pair for signing packs. Never overwrites a file.") { target, publicTarget };
        command.SetAction(parsed =>
        {
            var privatePath = parsed.GetRequiredValue(target);
            var publicPath = parsed.GetValue(publicTarget) ?? Path.ChangeExtension(privatePath, ".pub.pem");
            KeyFile.WriteNew(privatePath, publicPath);
            var id = PackKeys.Id(PackKeys.ReadPublic(File.ReadAllText(publicPath)));
            parsed.InvocationConfiguration.Output.WriteLine($"{publicPath}: key {id}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
