using System.Security.Cryptography;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Tests;

/// <summary>A folder with a key pair in which a test writes sources and builds packs; it goes when the test ends.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("msl-patterns-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Workshop() => Keys = TrustedKeys.Load([Write("key.pub.pem", _key.ExportSubjectPublicKeyInfoPem())]);

    public TrustedKeys Keys { get; }

    /// <summary>The key that signs packs here.</summary>
    public ECDsa Key => _key;

    public string PrivateKeyFile => Write("key.pem", _key.ExportPkcs8PrivateKeyPem());

    public string PublicKeyFile => Path("key.pub.pem");

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    /// <summary>Writes a source list of one source of trails, all of one family, beside other keys of the list.</summary>
    public string WriteTrails(string trails, string others = "")
    {
        Write("trails.txt", trails);
        return Write("sources.json", $$"""
            { {{others}} "sources": [
              { "id": "feed", "format": "trails", "path": "trails.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "family" } ] }
            """);
    }

    public (byte[] Pack, BuildReport Report) Build(string list, string version = "1") =>
        Build(SourceList.Load([list], new Dictionary<string, string>()), version);

    public (byte[] Pack, BuildReport Report) Build(SourceList list, string version = "1") =>
        PatternCompiler.Build(list, Identity(version), _key, TestContext.Current.CancellationToken);

    /// <summary>A version of the pack that all tests use.</summary>
    public static PackIdentity Identity(string version)
    {
        Assert.True(PackVersion.TryParse(version, out var parsed));
        var created = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        return new PackIdentity("test", parsed, created, created.AddDays(90));
    }

    public PatternPack Open(byte[] pack)
    {
        var opening = PatternPack.Open(Write($"{Guid.NewGuid():N}.mslpack", pack), Keys);
        Assert.True(opening.IsOpen, opening.Fault?.Message);
        return opening.Pack;
    }

    /// <summary>Builds and opens a pack of trails.</summary>
    public PatternPack OpenTrails(string trails) => Open(Build(WriteTrails(trails)).Pack);

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
