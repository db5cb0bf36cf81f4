using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Product;

/// <summary>A published pattern repository with keys of its own: two versions of the starter pack, of which the newer lists one name more.</summary>
internal sealed record PatternRepository(string Folder)
{
    public const string Pack = "starter";
    public const string Older = "1";
    public const string Newer = "2";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Has the real tool make keys and root, build and publish.</summary>
    public static async Task<PatternRepository> PublishAsync(string folder, string category, string host, CancellationToken cancellationToken)
    {
        string At(string name) => Path.Combine(folder, name);
        CopySources(At("sources"));
        await RunAsync(cancellationToken, "keygen", "--out", At("root-key.pem"));
        await RunAsync(cancellationToken, "keygen", "--out", At("key.pem"), "--public", At("key.pub.pem"));
        await RunAsync(cancellationToken, "root", "init", "--out", At("root.json"), "--key", At("root-key.pem"), "--signing-key", At("key.pub.pem"));
        foreach (var version in new[] { Older, Newer })
        {
            var pack = At($"{version}.mslpack");
            await RunAsync(
                cancellationToken, "build", "--sources", At("sources/sources.json"), "--name", Pack, "--version", version, "--out", pack, "--key", At("key.pem"));
            await RunAsync(cancellationToken, "publish", pack, "--repository", At("repository"), "--root", At("root.json"));
            await File.AppendAllTextAsync(At($"sources/test/categories/{category}.txt"), $"{host}\n", cancellationToken);
        }

        return new PatternRepository(At("repository"));
    }

    private static void CopySources(string target)
    {
        var sources = Path.Combine(ProductPrograms.Repository(), "deploy", "patterns");
        foreach (var file in Directory.EnumerateFiles(sources, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(sources, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        (await ChildProcess.RunAsync(new Command(ProductPrograms.PatternTool, arguments), Limit, cancellationToken)).OrThrow();
}
