using System.Security.Cryptography;
using System.Text.Json;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>Writes and signs packs: whole or not at all.</summary>
internal static class PackWriter
{
    /// <summary>Puts sections together and signs them.</summary>
    public static byte[] Write(PackIdentity identity, IReadOnlyList<PackSource> sources, IReadOnlyList<(string Name, byte[] Bytes)> sections, ECDsa key)
    {
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new PackManifest
            {
                Format = PackManifest.CurrentFormat,
                Name = identity.Name,
                Version = identity.Version.ToString(),
                Created = identity.Created,
                Expires = identity.Expires,
                Sections = [.. sections.Select(section => new PackSection(
                    section.Name, Convert.ToHexStringLower(SHA256.HashData(section.Bytes)), section.Bytes.Length))],
                Sources = sources,
            },
            PatternsJson.Default.PackManifest);

        using var pack = new MemoryStream();
        pack.Write(Front(manifest, key));
        foreach (var (_, bytes) in sections)
        {
            pack.SetLength(PackFrame.Align(pack.Length));
            pack.Position = pack.Length;
            pack.Write(bytes);
        }

        return pack.ToArray();
    }

    /// <summary>Signs a checked pack with another key.</summary>
    public static byte[] Resign(ReadOnlySpan<byte> pack, ECDsa key)
    {
        if (!PackFrame.TryRead(pack, out var frame))
        {
            throw new InvalidDataException("this is not a pattern pack");
        }

        var front = Front(pack[PackFrame.HeaderBytes..frame.SignedBytes], key);
        var first = Math.Min(PackFrame.Align(front.Length), front.Length + pack.Length - frame.FirstSection);
        return [.. front, .. new byte[first - front.Length], .. pack[frame.FirstSection..]];
    }

    private static byte[] Front(ReadOnlySpan<byte> manifest, ECDsa key)
    {
        var signer = key.ExportSubjectPublicKeyInfo();
        var frame = new PackFrame(manifest.Length, signer.Length);
        var front = new byte[frame.SignatureOffset + PackFrame.SignatureBytes];
        frame.Write(front);
        manifest.CopyTo(front.AsSpan(PackFrame.HeaderBytes));
        signer.CopyTo(front.AsSpan(frame.SignedBytes));
        DeterministicEcdsa.Sign(key, front.AsSpan(0, frame.SignedBytes)).CopyTo(front.AsSpan(frame.SignatureOffset));
        if (!key.VerifyData(front.AsSpan(0, frame.SignedBytes), front.AsSpan(frame.SignatureOffset), HashAlgorithmName.SHA256))
        {
            throw new CryptographicException("the signature does not verify");
        }

        return front;
    }
}
