using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Gateway.Tests.Patterns;

/// <summary>Real packs, built and signed in the test: a malware family and a category.</summary>
internal sealed class TestPacks : IDisposable
{
    /// <summary>When everything here was made.</summary>
    public static readonly DateTimeOffset Made = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _folder;

    public TestPacks(string folder)
    {
        _folder = folder;
        Root = Path.Combine(folder, "root.json");
        Packs = Path.Combine(folder, "packs");
        Directory.CreateDirectory(Packs);
        File.WriteAllBytes(Root, RootSigner.Sign(
            new RootDocument
            {
                Version = 1,
                Created = Made,
                Expires = Made.AddYears(10),
                RootKeys = [RootSigner.RootKey(_rootKey)],
                RootThreshold = 1,
                SigningKeys = [RootSigner.SigningKey(_key.ExportSubjectPublicKeyInfo(), Made.AddYears(2))],
            },
            [_rootKey]));
        File.WriteAllText(Path.Combine(folder, "family.txt"), "evil.example\n203.0.113.66\n198.51.100.9:4444\nurl.example/gate.php\n");
        File.WriteAllText(Path.Combine(folder, "games.txt"), "games.example\n");
        File.WriteAllText(Path.Combine(folder, "categories.json"), """
            { "categories": [ { "id": "games", "name": { "ja": "ゲーム", "en": "Games" } } ] }
            """);
        File.WriteAllText(Path.Combine(folder, "sources.json"), """
            {
              "categories": "categories.json",
              "sources": [
                { "id": "test-feed", "format": "trails", "path": "family.txt", "licence": "Apache-2.0", "kind": "CommandAndControl", "name": "testbot" },
                { "id": "test-list", "format": "domains", "path": "games.txt", "licence": "Apache-2.0", "kind": "Category", "name": "games" }
              ]
            }
            """);
    }

    /// <summary>The root document.</summary>
    public string Root { get; }

    public string Packs { get; }

    public TrustedRoot Trusted => TrustedRoot.PinFile(Root);

    public string Write(string name, string version, ECDsa? key = null)
    {
        Assert.True(PackVersion.TryParse(version, out var parsed));
        var identity = new PackIdentity(Path.GetFileNameWithoutExtension(name), parsed, Made, Made.AddDays(90));
        var (pack, _) = PatternCompiler.Build(
            SourceList.Load([Path.Combine(_folder, "sources.json")], new Dictionary<string, string>()), identity, key ?? _key);
        var file = Path.Combine(Packs, name);
        Replace(file, pack);
        return file;
    }

    /// <summary>As a bad disk would: one bit of a copy is turned and the copy renamed over the pack.</summary>
    public static void Damage(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        Replace(file, bytes);
    }

    public void Dispose()
    {
        _key.Dispose();
        _rootKey.Dispose();
    }

    /// <summary>A mapped pack is never written in place.</summary>
    private static void Replace(string file, byte[] bytes)
    {
        File.WriteAllBytes(file + ".new", bytes);
        File.Move(file + ".new", file, overwrite: true);
    }
}
