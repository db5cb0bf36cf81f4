using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Patterns.Tests.Trust;

/// <summary>Offline root keys, a signing key, and roots and packs made with them.</summary>
internal sealed class Ceremony : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public ECDsa First { get; } = NewKey();

    public ECDsa Second { get; } = NewKey();

    public ECDsa Signing { get; } = NewKey();

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Root 1: one key, one signing key.</summary>
    public RootDocument Document(int version = 1) => new()
    {
        Version = version,
        Created = Start,
        Expires = Start.AddYears(10),
        RootKeys = [RootSigner.RootKey(First)],
        RootThreshold = 1,
        SigningKeys = [RootSigner.SigningKey(Signing.ExportSubjectPublicKeyInfo(), Start.AddYears(2))],
    };

    public TrustedRoot Root(RootDocument? document = null) => TrustedRoot.Pin(RootSigner.Sign(document ?? Document(), [First]));

    /// <summary>A front alone, signed.</summary>
    public PackFront Front(string version, ECDsa? key = null, DateTimeOffset? created = null, int days = 90, byte content = 1)
    {
        Assert.True(PackVersion.TryParse(version, out var parsed));
        var made = created ?? Start.AddDays(1);
        var pack = PackWriter.Write(new PackIdentity("base", parsed, made, made.AddDays(days)), [], [("names", [content])], key ?? Signing);
        Assert.Null(PackImage.Check(pack, "pack", TrustedKeys.AnySigner, out var image));
        return image.Front;
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Signing.Dispose();
    }
}
