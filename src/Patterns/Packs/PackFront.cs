using System.Security.Cryptography;
using System.Text.Json;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>The signed front of a pack: the manifest, who signed it, and the signature. By it a pack is judged before its sections are fetched.</summary>
public sealed class PackFront
{
    /// <summary>The largest front in bytes; the centre serves no larger one.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxSections = 64;

    private PackFront(PackManifest manifest, byte[] bytes, ReadOnlySpan<byte> signer)
    {
        Manifest = manifest;
        Bytes = bytes;
        SignerKey = signer.ToArray();
        Signer = PackKeys.Id(signer);
        SignerId = PackKeys.FullId(signer);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>What the pack consists of.</summary>
    public PackManifest Manifest { get; }

    /// <summary>How people name the key that signed.</summary>
    public string Signer { get; }

    /// <summary>Its whole id, as a root names it.</summary>
    public string SignerId { get; }

    /// <summary>Digest of <see cref="Bytes"/>, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    internal byte[] Bytes { get; }

    /// <summary>A copy of what was signed, with the signature: a file of its own in a repository.</summary>
    public byte[] ToBytes() => [.. Bytes];

    internal byte[] SignerKey { get; }

    /// <summary>Checks a front that stands alone.</summary>
    /// <returns>Why it is refused; null where it is good.</returns>
    public static PackFault? Check(ReadOnlySpan<byte> bytes, string name, TrustedKeys keys, out PackFront? front)
    {
        if (Check(bytes, name, keys, out front, out var frame) is { } fault)
        {
            return fault;
        }

        return bytes.Length == frame.SignatureOffset + PackFrame.SignatureBytes ? null
            : new PackFault(PackFaultKind.Damaged, $"{name} is damaged (bytes behind its signature)");
    }

    /// <summary>Checks a front in a file of its own.</summary>
    /// <returns>Why it is refused; null where it is good.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PackFault? CheckFile(string path, TrustedKeys keys, out PackFront? front)
    {
        front = null;
        return new FileInfo(path).Length > MaxBytes
            ? new PackFault(PackFaultKind.NotAPack, $"{path} is larger than {MaxBytes} bytes")
            : Check(File.ReadAllBytes(path), path, keys, out front);
    }

    internal static PackFault? Check(ReadOnlySpan<byte> file, string name, TrustedKeys keys, out PackFront? front, out PackFrame frame)
    {
        front = null;
        if (!PackFrame.TryRead(file, out frame))
        {
            return new PackFault(PackFaultKind.NotAPack, $"{name} is not a pattern pack");
        }

        var signer = file.Slice(frame.SignedBytes, frame.KeyBytes);
        if (!keys.Contains(signer))
        {
            return new PackFault(PackFaultKind.UntrustedSigner, $"{name} is signed with the key {PackKeys.Id(signer)}, which is not trusted");
        }

        if (!PackKeys.Verify(signer, file[..frame.SignedBytes], file.Slice(frame.SignatureOffset, PackFrame.SignatureBytes)))
        {
            return new PackFault(PackFaultKind.BadSignature, $"{name} is not what its signer signed");
        }

        if (ReadManifest(file[PackFrame.HeaderBytes..frame.SignedBytes]) is not { } manifest)
        {
            return new PackFault(PackFaultKind.NotAPack, $"{name} has a layout that this program does not know");
        }

        front = new PackFront(manifest, file[..(frame.SignatureOffset + PackFrame.SignatureBytes)].ToArray(), signer);
        return null;
    }

    private static PackManifest? ReadManifest(ReadOnlySpan<byte> json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(json, PatternsJson.Default.PackManifest);
            return manifest is { Format: PackManifest.CurrentFormat } && PackVersion.TryParse(manifest.Version, out _)
                && PackIdentity.IsName(manifest.Name) && manifest.Created < manifest.Expires && AreProper(manifest.Sections)
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            // Signed, but by a program that writes manifests differently.
            return null;
        }
    }

    /// <summary>Digests become names of files and addresses, so they are nothing but digests.</summary>
    private static bool AreProper(IReadOnlyList<PackSection> sections) =>
        sections.Count <= MaxSections
        && sections.DistinctBy(section => section.Name).Count() == sections.Count
        && sections.All(section => section.Length is >= 0 and <= int.MaxValue
            && section.Sha256.Length == 2 * SHA256.HashSizeInBytes && section.Sha256.All(char.IsAsciiHexDigitLower));
}
