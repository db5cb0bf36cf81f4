using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Delivery;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Gateway.Tests.Updates;

/// <summary>Those who make packs: offline root key, signing key, repository.</summary>
internal sealed class Publisher : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _rootKey = NewKey();
    private readonly PackRepository _repository;
    private readonly string _folder;

    public Publisher(string folder)
    {
        _folder = folder;
        Repository = Path.Combine(folder, "repository");
        RootFile = Path.Combine(folder, "root.json");
        _repository = new PackRepository(Repository);
        File.WriteAllBytes(RootFile, Root(1));
        _repository.AddRoot(Root(1));
    }

    public ECDsa Signing { get; private set; } = NewKey();

    public string Repository { get; }

    /// <summary>What boxes are delivered with.</summary>
    public string RootFile { get; }

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Builds a pack: C&amp;C names of the family <c>testbot</c>, among them always <c>evil.example</c>.</summary>
    public byte[] Build(string version, string names = "", DateTimeOffset? created = null, int days = 90, ECDsa? key = null, string name = "base")
    {
        Assert.True(PackVersion.TryParse(version, out var parsed));
        File.WriteAllText(Path.Combine(_folder, "family.txt"), "evil.example\n" + names);
        File.WriteAllText(Path.Combine(_folder, "sources.json"), """
            { "sources": [ { "id": "feed", "format": "trails", "path": "family.txt", "licence": "Apache-2.0", "kind": "CommandAndControl", "name": "testbot" } ] }
            """);
        var made = created ?? Start.AddHours(1);
        return PatternCompiler.Build(
            SourceList.Load([Path.Combine(_folder, "sources.json")], new Dictionary<string, string>()),
            new PackIdentity(name, parsed, made, made.AddDays(days)), key ?? Signing).Pack;
    }

    /// <summary>Publishes a pack that is in order.</summary>
    public AnnouncedPack Publish(string version, string names = "", DateTimeOffset? created = null, int days = 90) =>
        Publish(Build(version, names, created, days));

    public AnnouncedPack Publish(byte[] pack)
    {
        var front = _repository.Add(Write("published.mslpack", pack), Start.AddHours(1)).Front;
        return new AnnouncedPack(front.Manifest.Name, front.Manifest.Version, front.Sha256, AnnouncedPack.Everybody);
    }

    /// <summary>Lays a pack out that an honest repository would refuse, as a mirror in bad hands does.</summary>
    public AnnouncedPack Smuggle(byte[] pack, string? asVersion = null)
    {
        Assert.Null(PackImage.Check(pack, "pack", TrustedKeys.AnySigner, out var image));
        return Smuggle(image.Front.ToBytes(), image.Front, image, asVersion);
    }

    /// <summary>Takes the signing key away, as if it had been stolen, and gives another.</summary>
    public void ReplaceSigningKey()
    {
        Signing.Dispose();
        Signing = NewKey();
        _repository.AddRoot(Root(2));
    }

    public string Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(_folder, file), bytes);
        return Path.Combine(_folder, file);
    }

    public void Dispose()
    {
        Signing.Dispose();
        _rootKey.Dispose();
    }

    private AnnouncedPack Smuggle(byte[] front, PackFront named, PackImage image, string? asVersion)
    {
        File.WriteAllBytes(Path.Combine(Repository, "manifests", named.Sha256), front);
        foreach (var section in image.Manifest.Sections)
        {
            File.WriteAllBytes(Path.Combine(Repository, "blobs", section.Sha256), image.Section(section.Name).ToArray());
        }

        return new AnnouncedPack(named.Manifest.Name, asVersion ?? named.Manifest.Version, named.Sha256, AnnouncedPack.Everybody);
    }

    private byte[] Root(int version) => RootSigner.Sign(
        new RootDocument
        {
            Version = version,
            Created = Start,
            Expires = Start.AddYears(10),
            RootKeys = [RootSigner.RootKey(_rootKey)],
            RootThreshold = 1,
            SigningKeys = [RootSigner.SigningKey(Signing.ExportSubjectPublicKeyInfo(), Start.AddYears(2))],
        },
        [_rootKey]);
}
