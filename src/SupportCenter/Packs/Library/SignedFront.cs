using System.Buffers.Binary;
using System.Text.Json;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>
/// Reads the manifest out of the signed front of a pack. Who signed it is not asked: boxes believe no centre, and check it
/// against their root.
/// <code>
/// | "MSLPACK" 0x01 | length of manifest, 4, little-endian | length of key, 4 | manifest, JSON | key | signature, 64 |
/// </code>
/// </summary>
internal static class SignedFront
{
    private const int HeaderBytes = 16;
    private const int SignatureBytes = 64;
    private const int MaxSections = 64;

    private static ReadOnlySpan<byte> Magic => "MSLPACK\u0001"u8;

    /// <exception cref="PackImportException">These bytes are no front, or its manifest is none.</exception>
    public static PackManifest ReadManifest(ReadOnlySpan<byte> front, PackFileName file)
    {
        if (front.Length < HeaderBytes || !front.StartsWith(Magic))
        {
            throw new PackImportException($"{file} is no front of a pattern pack");
        }

        var manifest = BinaryPrimitives.ReadUInt32LittleEndian(front[8..]);
        var key = BinaryPrimitives.ReadUInt32LittleEndian(front[12..]);
        if ((ulong)HeaderBytes + manifest + key + SignatureBytes != (ulong)front.Length)
        {
            throw new PackImportException($"{file} is cut or has something behind its signature");
        }

        try
        {
            var read = JsonSerializer.Deserialize(front.Slice(HeaderBytes, (int)manifest), ContractsJson.Default.PackManifest);
            return read is { Format: PackManifest.CurrentFormat } && IsProper(read)
                ? read
                : throw new PackImportException($"{file} holds a manifest that this program does not know");
        }
        catch (JsonException)
        {
            throw new PackImportException($"{file} holds no readable manifest");
        }
    }

    // Digests become names of files here.
    private static bool IsProper(PackManifest manifest) =>
        PackName.IsName(manifest.Name)
        && PackVersionNumber.TryParse(manifest.Version, out _)
        && manifest.Sections.Count <= MaxSections
        && manifest.Sections.All(section => section.Length is >= 0 and <= PackFileName.LargestSection && PackFileName.TryParse(PackFileKind.Blob, section.Sha256, out var blob) && !blob.IsCompressed);
}
