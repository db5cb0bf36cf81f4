using System.Security.Cryptography;
using System.Text.Json;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>A pack's bytes, checked from the first to the last: signer, signature, every section, nothing missing or left over.</summary>
internal readonly ref struct PackImage
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly int _firstSection;

    private PackImage(ReadOnlySpan<byte> file, PackFrame frame, PackManifest manifest)
    {
        _file = file;
        _firstSection = frame.FirstSection;
        Manifest = manifest;
        Signer = PackKeys.Id(file.Slice(frame.SignedBytes, frame.KeyBytes));
    }

    public PackManifest Manifest { get; }

    /// <summary>Id of the key that signed.</summary>
    public string Signer { get; }

    /// <summary>Checks a pack.</summary>
    /// <returns>Why it is refused; null where it is good.</returns>
    public static PackFault? Check(ReadOnlySpan<byte> file, string name, TrustedKeys keys, out PackImage image)
    {
        image = default;
        if (!PackFrame.TryRead(file, out var frame))
        {
            return new PackFault(PackFaultKind.NotAPack, $"{name} is not a pattern pack");
        }

        var signer = file.Slice(frame.SignedBytes, frame.KeyBytes);
        if (!keys.Contains(signer))
        {
            return new PackFault(PackFaultKind.UntrustedSigner, $"{name} is signed with the key {PackKeys.Id(signer)}, which is not trusted");
        }

        if (!IsSigned(file, frame))
        {
            return new PackFault(PackFaultKind.BadSignature, $"{name} is not what its signer signed");
        }

        if (ReadManifest(file[PackFrame.HeaderBytes..frame.SignedBytes]) is not { } manifest)
        {
            return new PackFault(PackFaultKind.NotAPack, $"{name} has a layout that this program does not know");
        }

        image = new PackImage(file, frame, manifest);
        return image.DamagedPart(frame) is { } part ? new PackFault(PackFaultKind.Damaged, $"{name} is damaged ({part})") : null;
    }

    /// <summary>A section's bytes.</summary>
    /// <exception cref="InvalidDataException">The pack has no such section.</exception>
    public ReadOnlySpan<byte> Section(string name)
    {
        var offset = (long)_firstSection;
        foreach (var section in Manifest.Sections)
        {
            if (section.Name == name)
            {
                return _file.Slice((int)offset, (int)section.Length);
            }

            offset += PackFrame.Align(section.Length);
        }

        throw new InvalidDataException($"there is no section '{name}'");
    }

    private static bool IsSigned(ReadOnlySpan<byte> file, PackFrame frame)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(file.Slice(frame.SignedBytes, frame.KeyBytes), out var read);
            return read == frame.KeyBytes
                && key.VerifyData(file[..frame.SignedBytes], file.Slice(frame.SignatureOffset, PackFrame.SignatureBytes), HashAlgorithmName.SHA256);
        }
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException)
        {
            // The bytes where the key should be are no key, or one of a curve that nobody knows.
            return false;
        }
    }

    private static PackManifest? ReadManifest(ReadOnlySpan<byte> json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(json, PatternsJson.Default.PackManifest);
            return manifest is { Format: PackManifest.CurrentFormat } && PackVersion.TryParse(manifest.Version, out _)
                && PackIdentity.IsName(manifest.Name) && manifest.Created < manifest.Expires
                && manifest.Sections.All(section => section.Length is >= 0 and <= int.MaxValue)
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            // Signed, but by a program that writes manifests differently.
            return null;
        }
    }

    private string? DamagedPart(PackFrame frame)
    {
        var end = (long)frame.SignatureOffset + PackFrame.SignatureBytes;
        var next = (long)frame.FirstSection;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var section in Manifest.Sections)
        {
            if (next + section.Length > _file.Length)
            {
                return "it ends too early";
            }

            if (_file[(int)end..(int)next].ContainsAnyExcept((byte)0))
            {
                return "bytes between its sections";
            }

            SHA256.HashData(_file.Slice((int)next, (int)section.Length), digest);
            if (!Convert.ToHexStringLower(digest).Equals(section.Sha256, StringComparison.Ordinal))
            {
                return $"section '{section.Name}'";
            }

            end = next + section.Length;
            next = PackFrame.Align(end);
        }

        return end == _file.Length ? null : "bytes behind its last section";
    }
}
