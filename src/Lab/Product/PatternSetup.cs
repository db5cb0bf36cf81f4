using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Product;

/// <summary>Builds the starter pack from <c>deploy/patterns</c>, signed with keys that are made for this run.</summary>
internal static class PatternSetup
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task InstallAsync(GatewaySetup gateway, CancellationToken cancellationToken)
    {
        var rootKey = Path.Combine(gateway.Folder, "pattern-root-key.pem");
        var key = SigningKey(gateway);
        var publicKey = Path.Combine(gateway.Folder, "pattern-signing-key.pub.pem");
        var sources = Path.Combine(Sources(), "sources.json");
        Directory.CreateDirectory(gateway.Packs);
        await RunAsync(["keygen", "--out", rootKey], cancellationToken);
        await RunAsync(["keygen", "--out", key, "--public", publicKey], cancellationToken);
        await RunAsync(["root", "init", "--out", gateway.PatternRoot, "--key", rootKey, "--signing-key", publicKey], cancellationToken);
        await RunAsync(["build", "--sources", sources, "--out", Starter(gateway), "--key", key], cancellationToken);
    }

    /// <summary>Publishes the gateway's pack and a newer version of it, in which <paramref name="host"/> belongs to <paramref name="category"/>.</summary>
    /// <returns>The repository.</returns>
    public static async Task<string> PublishAsync(
        GatewaySetup gateway, string version, string category, string host, CancellationToken cancellationToken)
    {
        var sources = Path.Combine(gateway.Folder, "newer-sources");
        var newer = Path.Combine(gateway.Folder, "newer.mslpack");
        var repository = Path.Combine(gateway.Folder, "repository");
        foreach (var file in Directory.EnumerateFiles(Sources(), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(sources, Path.GetRelativePath(Sources(), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.AppendAllTextAsync(Path.Combine(sources, "test", "categories", $"{category}.txt"), $"{host}\n", cancellationToken);
        await RunAsync(
            ["build", "--sources", Path.Combine(sources, "sources.json"), "--name", "starter", "--version", version, "--out", newer, "--key", SigningKey(gateway)],
            cancellationToken);
        await RunAsync(["publish", Starter(gateway), "--repository", repository, "--root", gateway.PatternRoot], cancellationToken);
        await RunAsync(["publish", newer, "--repository", repository], cancellationToken);
        return repository;
    }

    private static string Sources() => Path.Combine(ProductPrograms.Repository(), "deploy", "patterns");

    private static string SigningKey(GatewaySetup gateway) => Path.Combine(gateway.Folder, "pattern-signing-key.pem");

    private static string Starter(GatewaySetup gateway) => Path.Combine(gateway.Packs, "starter.mslpack");

    private static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await ChildProcess.RunAsync(new Command(ProductPrograms.PatternTool, arguments), Limit, cancellationToken)).OrThrow();
}
