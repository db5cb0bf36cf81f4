using System.Text.Json;
using MediaSecurityLite.PatternTool;
using MediaSecurityLite.Patterns.Delivery;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests.Tool;

/// <summary>From keys to a repository, with the commands that people use.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly Workshop _shop = new();

    public PublishTests()
    {
        Run(0, "keygen", "--out", _shop.Path("root-key.pem"));
        Run(0, "keygen", "--out", _shop.Path("signing-key.pem"));
        Run(0, "root", "init", "--out", _shop.Path("root.1.json"), "--key", _shop.Path("root-key.pem"), "--signing-key", _shop.Path("signing-key.pub.pem"));
    }

    private string Repository => _shop.Path("repository");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Publish_LaysOutManifestBlobsAndDeltas()
    {
        var output = Publish("1", 2000) + Publish("2", 2001);

        Assert.Equal(["1.json"], Files("root"));
        Assert.Equal(2, Files("manifests").Count);
        Assert.All(Files("blobs"), file => Assert.Matches("^[0-9a-f]{64}(\\.zst)?$", file));
        Assert.NotEmpty(Files("deltas"));
        Assert.All(Files("deltas"), file => Assert.Matches("^[0-9a-f]{64}-[0-9a-f]{64}$", file));
        Assert.Contains("from 1: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_MakesDeltasFromTheNewestFiveVersions()
    {
        for (var version = 1; version <= PackRepository.DeltaVersions + 1; version++)
        {
            Publish($"{version}", 2000 + version);
        }

        var output = Publish("9", 2100);

        Assert.DoesNotContain("from 1: ", output, StringComparison.Ordinal);
        Assert.Contains("from 2: ", output, StringComparison.Ordinal);
        Assert.Contains("from 6: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_OfAPackOfAnotherKey_IsRefused()
    {
        Run(0, "keygen", "--out", _shop.Path("other.pem"));
        Build("1", 10, _shop.Path("other.pem"));
        Assert.Contains("is not trusted", Run(1, PublishCommand()), StringComparison.Ordinal);
        Assert.Empty(Files("manifests"));
    }

    [Fact]
    public void Publish_OfAnotherPackOfTheSameVersion_IsRefused()
    {
        Publish("1", 10);
        Build("1", 11, _shop.Path("signing-key.pem"));
        Assert.Contains("boxes take one pack per version", Run(1, PublishCommand()), StringComparison.Ordinal);
    }

    [Fact]
    public void Rotate_ToAnotherRootKey_GivesAChainThatARepositoryTakes()
    {
        Run(0, "keygen", "--out", _shop.Path("second.pem"));
        Run(0, "root", "rotate", _shop.Path("root.1.json"), "--out", _shop.Path("root.2.json"), "--key", _shop.Path("root-key.pem"),
            "--key", _shop.Path("second.pem"), "--root-key", _shop.Path("second.pub.pem"), "--withdraw", KeyId("root-key.pub.pem"));
        Build("1", 10, _shop.Path("signing-key.pem"));

        Run(0, [.. PublishCommand(), "--root", _shop.Path("root.2.json")]);

        Assert.Equal(["1.json", "2.json"], Files("root"));
    }

    [Fact]
    public void Rotate_SignedByOneOfTwo_IsTakenOnlyAfterTheOtherSigned()
    {
        Run(0, "keygen", "--out", _shop.Path("second.pem"));
        Run(0, "root", "rotate", _shop.Path("root.1.json"), "--out", _shop.Path("half.json"), "--key", _shop.Path("second.pem"),
            "--root-key", _shop.Path("second.pub.pem"));
        Build("1", 10, _shop.Path("signing-key.pem"));
        Assert.Contains("root 1's root keys", Run(1, [.. PublishCommand(), "--root", _shop.Path("half.json")]), StringComparison.Ordinal);

        Run(0, "root", "sign", _shop.Path("half.json"), "--out", _shop.Path("whole.json"), "--key", _shop.Path("root-key.pem"));
        Run(0, [.. PublishCommand(), "--root", _shop.Path("whole.json")]);
    }

    [Fact]
    public void Show_SaysWhoMaySign()
    {
        var shown = Run(0, "root", "show", _shop.Path("root.1.json"));
        Assert.Contains("1 of 1 root keys", shown, StringComparison.Ordinal);
        Assert.Contains($"signing key {KeyId("signing-key.pub.pem")}", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TwiceWithTheSameDate_GivesTheSameBytes()
    {
        Build("1", 10, _shop.Path("signing-key.pem"));
        var first = File.ReadAllBytes(_shop.Path("base.mslpack"));
        Build("1", 10, _shop.Path("signing-key.pem"));
        Assert.Equal(first, File.ReadAllBytes(_shop.Path("base.mslpack")));
    }

    private string KeyId(string publicKey) => PackKeys.FullId(PackKeys.ReadPublic(File.ReadAllText(_shop.Path(publicKey))));

    private string[] PublishCommand() => ["publish", _shop.Path("base.mslpack"), "--repository", Repository, "--root", _shop.Path("root.1.json")];

    private void Build(string version, int names, string key)
    {
        var list = _shop.WriteTrails(string.Concat(Enumerable.Range(0, names).Select(i => $"host{i}.example{i % 97}.test\n")));
        var created = JsonSerializer.Serialize(TimeProvider.System.GetUtcNow().Date)[1..11];
        Run(0, "build", "--sources", list, "--out", _shop.Path("base.mslpack"), "--key", key, "--version", version, "--created", created + "T00:00:00Z");
    }

    private string Publish(string version, int names)
    {
        Build(version, names, _shop.Path("signing-key.pem"));
        return Run(0, Directory.Exists(Repository) ? PublishCommand()[..4] : PublishCommand());
    }

    private IReadOnlyList<string> Files(string part) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository, part)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Run(int code, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.True(CommandLine.Run(args, output, error) == code, $"{string.Join(' ', args)}: {error}");
        return output.ToString() + error;
    }
}
