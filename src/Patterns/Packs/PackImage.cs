using System.Security.Cryptography;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>A pack's bytes, checked from the first to the last: signer, signature, every section, nothing missing or left over.</summary>
internal readonly ref struct PackImage
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly int _firstSection;

    private PackImage(ReadOnlySpan<byte> file, PackFrame frame, PackFront front)
    {
        _file = file;
        _firstSection = frame.FirstSection;
        Front = front;
    }

    public PackFront Front { get; }

    public PackManifest Manifest => Front.Manifest;

    /// <summary>Checks a pack.</summary>
    /// <returns>Why it is refused; null where it is good.</returns>
    public static PackFault? Check(ReadOnlySpan<byte> file, string name, TrustedKeys keys, out PackImage image)
    {
        image = default;
        if (PackFront.Check(file, name, keys, out var front, out var frame) is { } fault)
        {
            return fault;
        }

        image = new PackImage(file, frame, front!);
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
