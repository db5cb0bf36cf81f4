using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary><c>mslgw patterns list|verify</c>.</summary>
internal static class PatternsCommand
{
    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Packs to check",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var list = new Command("list", "List the packs of the settings' folder");
        list.SetAction(parsed => Guarded(() => List(SettingsOf(parsed))));
        var verify = new Command("verify", "Check the signature and every byte of packs") { Files };
        verify.SetAction(parsed => Guarded(() => Verify(SettingsOf(parsed), parsed.GetRequiredValue(Files))));
        return new Command("patterns", "The pattern packs of this gateway") { list, verify };
    }

    private static GatewaySettings SettingsOf(ParseResult parsed) =>
        GatewaySettings.Read(parsed.GetRequiredValue(CommandLine.ConfigOption));

    private static int List(GatewaySettings settings)
    {
        var folder = settings.Patterns.PacksIn(settings.Gateway.DataDirectory);
        var found = PatternFolder.Open(folder, settings.Patterns.TrustedKeys);
        if (found.Count == 0)
        {
            Console.Out.WriteLine($"no packs in {folder}");
        }

        return Report(found);
    }

    private static int Verify(GatewaySettings settings, IEnumerable<string> files)
    {
        var keys = TrustedKeys.LoadFolder(settings.Patterns.TrustedKeys);
        return Report([.. files.Select(file => (file, PatternPack.Open(file, keys)))]);
    }

    private static int Report(IReadOnlyList<(string File, PackOpening Opening)> packs)
    {
        foreach (var (file, opening) in packs)
        {
            if (opening.Pack is { } pack)
            {
                var (names, endpoints, urls, fingerprints, digests) = pack.Counts;
                Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file}: version {pack.Version}, {names} names, {endpoints} addresses, {urls} URLs, {fingerprints} fingerprints, {digests} files, signed by {pack.Signer}"));
            }
        }

        var faults = packs.Select(pack => pack.Opening.Fault?.Message).OfType<string>().ToList();
        return faults.Count == 0 ? ExitCode.Ok : CommandLine.Fail(faults, ExitCode.Failed);
    }

    private static int Guarded(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return CommandLine.Fail([e.Message], ExitCode.Failed);
        }
    }
}
