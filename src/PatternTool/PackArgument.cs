using System.CommandLine;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.PatternTool;

/// <summary>The pack that a command is about, and the keys that it is checked against.</summary>
internal static class PackArgument
{
    public static Argument<string> Create() => new("PACK") { Description = "The pack (*.mslpack)." };

    public static Option<string[]> TrustedKeysOption(bool required) => new("--key")
    {
        Description = required
            ? "Trusted public key (PEM). May be repeated."
            : "Trusted public key (PEM). May be repeated. Without one, damage is found but the signer is not judged.",
        Required = required,
    };

    /// <summary>Opens the pack; where it is refused says so and returns null.</summary>
    public static PatternPack? Open(string path, string[]? keys, TextWriter error)
    {
        var opening = PatternPack.Open(path, keys is { Length: > 0 } ? TrustedKeys.Load(keys) : TrustedKeys.AnySigner);
        if (!opening.IsOpen)
        {
            error.WriteLine($"mslpat: {opening.Fault.Message}");
        }

        return opening.Pack;
    }
}
