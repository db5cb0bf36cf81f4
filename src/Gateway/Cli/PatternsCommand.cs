using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Gateway.Updates;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary><c>mslgw patterns list|verify|install|rollback</c>.</summary>
internal static class PatternsCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Packs to check",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Argument<string> Source = new("FILE|FOLDER") { Description = "A pack, or a repository as 'mslpat publish' lays it out" };

    private static readonly Argument<string> Name = new("NAME") { Description = "The pack's name" };

    public static Command Create()
    {
        var list = new Command("list", "List the packs of the settings' folder");
        list.SetAction(parsed => Guarded(() => List(SettingsOf(parsed))));
        var verify = new Command("verify", "Check the signature and every byte of packs, and whether they could be installed now") { Files };
        verify.SetAction(parsed => Guarded(() => Verify(SettingsOf(parsed), parsed.GetRequiredValue(Files))));
        var install = new Command("install", "Bring packs into force, by the same checks as over the network") { Source };
        install.SetAction((parsed, cancellationToken) => GuardedAsync(() => InstallAsync(SettingsOf(parsed), parsed.GetRequiredValue(Source), cancellationToken)));
        var rollback = new Command("rollback", "Bring the previous version of a pack back") { Name };
        rollback.SetAction((parsed, cancellationToken) => GuardedAsync(() => RollBackAsync(SettingsOf(parsed), parsed.GetRequiredValue(Name), cancellationToken)));
        return new Command("patterns", "The pattern packs of this gateway") { list, verify, install, rollback };
    }

    private static GatewaySettings SettingsOf(ParseResult parsed) =>
        GatewaySettings.Read(parsed.GetRequiredValue(CommandLine.ConfigOption));

    private static int List(GatewaySettings settings)
    {
        var shelf = settings.Patterns.ShelfIn(settings.Gateway.DataDirectory);
        var found = PatternFolder.Open(shelf, settings.Patterns.TrustIn(settings.Gateway.DataDirectory).Read().Root.Signers);
        if (found.Count == 0)
        {
            Console.Out.WriteLine($"no packs in {shelf.Folder}");
        }

        return Report(found);
    }

    private static int Verify(GatewaySettings settings, IEnumerable<string> files)
    {
        var trust = settings.Patterns.TrustIn(settings.Gateway.DataDirectory).Read();
        var opened = files.Select(file => (file, PatternPack.Open(file, trust.Root.Signers))).ToList();
        var code = Report(opened);
        var late = opened.Select(one => one.Item2.Pack is { } pack ? trust.Judge(pack.Front, one.file, TimeProvider.System.GetUtcNow())?.Message : null).OfType<string>().ToList();
        return late.Count == 0 ? code : CommandLine.Fail(late, ExitCode.Failed);
    }

    private static async Task<int> InstallAsync(GatewaySettings settings, string source, CancellationToken cancellationToken)
    {
        var states = await new OfflineInstall(settings, TimeProvider.System).InstallAsync(source, cancellationToken);
        foreach (var state in states)
        {
            await Console.Out.WriteLineAsync($"{state.Pack}: version {state.Version} is installed{(state.FromVersion is { } old ? $", {old} before" : "")}");
        }

        return await ReloadAsync(settings, cancellationToken);
    }

    private static async Task<int> RollBackAsync(GatewaySettings settings, string name, CancellationToken cancellationToken)
    {
        if (!PackIdentity.IsName(name) || new OfflineInstall(settings, TimeProvider.System).RollBack(name) is not { } version)
        {
            return CommandLine.Fail([$"there is no pack {name}"], ExitCode.Failed);
        }

        await Console.Out.WriteLineAsync($"{name}: version {version} is given up");
        return await ReloadAsync(settings, cancellationToken);
    }

    /// <summary>A running agent takes the change up at once; one that does not run, at its start.</summary>
    private static async Task<int> ReloadAsync(GatewaySettings settings, CancellationToken cancellationToken)
    {
        var socket = settings.Gateway.ControlSocket;
        if (!File.Exists(socket))
        {
            return ExitCode.Ok;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await StatusClient.AskAsync(socket, ControlSocket.ReloadPatternsRequest, patience.Token);
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is SocketException or JsonException or OperationCanceledException)
        {
            return CommandLine.Fail([$"the change lies ready, but no running mslgw takes it up at {socket}: {e.Message}"], ExitCode.Failed);
        }
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
                    $"{file}: {pack.Manifest.Name} version {pack.Version}, {names} names, {endpoints} addresses, {urls} URLs, {fingerprints} fingerprints, {digests} files, made {pack.Manifest.Created:yyyy-MM-dd}, signed by {pack.Signer}"));
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
        catch (Exception e) when (IsExpected(e))
        {
            return CommandLine.Fail([e.Message], ExitCode.Failed);
        }
    }

    private static async Task<int> GuardedAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (IsExpected(e))
        {
            return CommandLine.Fail([e.Message], ExitCode.Failed);
        }
    }

    private static bool IsExpected(Exception e) => e is IOException or UnauthorizedAccessException or RootException or UpdateRefusal;
}
