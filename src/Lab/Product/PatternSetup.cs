using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Product;

/// <summary>Builds the starter pack from <c>deploy/patterns</c>, signed with keys that are made for this run.</summary>
internal static class PatternSetup
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task InstallAsync(GatewaySetup gateway, CancellationToken cancellationToken)
    {
        var rootKey = Path.Combine(gateway.Folder, "pattern-root-key.pem");
        var key = Path.Combine(gateway.Folder, "pattern-signing-key.pem");
        var publicKey = Path.Combine(gateway.Folder, "pattern-signing-key.pub.pem");
        var sources = Path.Combine(ProductPrograms.Repository(), "deploy", "patterns", "sources.json");
        Directory.CreateDirectory(gateway.Packs);
        await RunAsync(["keygen", "--out", rootKey], cancellationToken);
        await RunAsync(["keygen", "--out", key, "--public", publicKey], cancellationToken);
        await RunAsync(["root", "init", "--out", gateway.PatternRoot, "--key", rootKey, "--signing-key", publicKey], cancellationToken);
        await RunAsync(["build", "--sources", sources, "--out", Path.Combine(gateway.Packs, "starter.mslpack"), "--key", key], cancellationToken);
    }

    private static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await ChildProcess.RunAsync(new Command(ProductPrograms.PatternTool, arguments), Limit, cancellationToken)).OrThrow();
}
