using System.Buffers.Binary;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>
/// The frame of a pack file. Everything up to the signer's key is signed; sections carry no offsets, they follow each other in
/// the manifest's order, each filled up with zeros to the next 64 bytes. No byte of the file is outside a check.
/// <code>
/// 0   magic "MSLPACK" 0x01           8
/// 8   length of the manifest         4   little-endian
/// 12  length of the signer's key     4
/// 16  manifest, JSON
///     signer's public key, SubjectPublicKeyInfo
///     signature: ECDSA P-256 with SHA-256 over [0, 16 + manifest), r and s of 32 bytes each
///     zeros up to a multiple of 64, then the sections
/// </code>
/// </summary>
internal readonly record struct PackFrame(int ManifestBytes, int KeyBytes)
{
    public const int HeaderBytes = 16;
    public const int SignatureBytes = 64;
    public const int Alignment = 64;

    private const int MaxKey = 1024;
    private const int MaxManifest = PackFront.MaxBytes - HeaderBytes - MaxKey - SignatureBytes;

    private static ReadOnlySpan<byte> Magic => "MSLPACK\u0001"u8;

    public int SignedBytes => HeaderBytes + ManifestBytes;

    public int SignatureOffset => SignedBytes + KeyBytes;

    public int FirstSection => Align(SignatureOffset + SignatureBytes);

    public static int Align(int length) => (length + Alignment - 1) / Alignment * Alignment;

    public static long Align(long length) => (length + Alignment - 1) / Alignment * Alignment;

    public static bool TryRead(ReadOnlySpan<byte> file, out PackFrame frame)
    {
        frame = default;
        if (file.Length < HeaderBytes || !file.StartsWith(Magic))
        {
            return false;
        }

        var manifest = BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        var key = BinaryPrimitives.ReadInt32LittleEndian(file[12..]);
        if (manifest is < 0 or > MaxManifest || key is < 0 or > MaxKey)
        {
            return false;
        }

        frame = new PackFrame(manifest, key);
        return frame.SignatureOffset + SignatureBytes <= file.Length;
    }

    public void Write(Span<byte> header)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], ManifestBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], KeyBytes);
    }
}
