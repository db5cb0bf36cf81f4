using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using ZstdSharp;

namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>
/// Whether blobs and deltas give the sections that their names promise. What is compressed is given the room of the section and no
/// more, so a file that would swell cannot.
/// </summary>
/// <param name="pathOf">Where a file lies now.</param>
internal sealed class SectionCheck(Func<PackFileName, string?> pathOf)
{
    /// <exception cref="PackImportException">It gives something else.</exception>
    public void Blob(PackFileName file, PackSection section)
    {
        var stored = File.ReadAllBytes(pathOf(file)!);
        Compare(file, file.IsCompressed ? Expand(file, stored, [], section.Length) : stored, section);
    }

    /// <exception cref="PackImportException">It gives something else.</exception>
    public void Delta(PackFileName file, PackSection from, PackSection to) =>
        Compare(file, Expand(file, File.ReadAllBytes(pathOf(file)!), Section(from), to.Length), to);

    private byte[] Section(PackSection section)
    {
        var raw = PackFileName.Blob(section.Sha256);
        if (pathOf(raw) is { } path)
        {
            return File.ReadAllBytes(path);
        }

        var compressed = PackFileName.CompressedBlob(section.Sha256);
        return Expand(compressed, File.ReadAllBytes(pathOf(compressed) ?? throw new PackImportException($"{raw} is missing")), [], section.Length);
    }

    private static byte[] Expand(PackFileName file, byte[] compressed, byte[] prefix, long length)
    {
        var section = new byte[length];
        using var decompressor = new Decompressor();
        try
        {
            if (prefix.Length > 0)
            {
                decompressor.LoadDictionary(prefix);
            }

            return decompressor.TryUnwrap(compressed, section, out var written) && written == length
                ? section
                : throw new PackImportException($"{file} does not give {length} bytes");
        }
        catch (ZstdException exception)
        {
            throw new PackImportException($"{file} is damaged ({exception.Message})");
        }
    }

    private static void Compare(PackFileName file, byte[] content, PackSection section)
    {
        if (content.Length != section.Length || Convert.ToHexStringLower(SHA256.HashData(content)) != section.Sha256)
        {
            throw new PackImportException($"{file} is damaged: it does not give the section that it is named after");
        }
    }
}
