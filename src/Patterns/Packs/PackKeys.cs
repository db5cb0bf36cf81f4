using System.Security.Cryptography;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>The keys that packs are signed with.</summary>
public static class PackKeys
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Reads a private key of P-256 (PEM).</summary>
    /// <exception cref="CryptographicException">The text holds no such key.</exception>
    public static ECDsa ReadPrivate(string pem)
    {
        var key = Import(pem);
        try
        {
            CryptographicOperations.ZeroMemory(key.ExportParameters(includePrivateParameters: true).D);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException("this is a public key; signing needs the private one");
        }
    }

    /// <summary>Reads the public half of a key of P-256 (PEM), as SubjectPublicKeyInfo.</summary>
    /// <exception cref="CryptographicException">The text holds no such key.</exception>
    public static byte[] ReadPublic(string pem)
    {
        using var key = Import(pem);
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>How people name a key: the first 16 digits of its SHA-256.</summary>
    public static string Id(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo))[..16];

    /// <summary>How roots name a key: its whole SHA-256, lower-case hexadecimal.</summary>
    public static string FullId(ReadOnlySpan<byte> subjectPublicKeyInfo) => Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo));

    /// <summary>True if these bytes are a public key of P-256, and nothing behind it.</summary>
    internal static bool IsPublic(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        using var key = ECDsa.Create();
        return TryImport(key, subjectPublicKeyInfo);
    }

    /// <summary>True if the owner of the key signed the data (ECDSA P-256 with SHA-256, r and s of 32 bytes each).</summary>
    internal static bool Verify(ReadOnlySpan<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        return TryImport(key, subjectPublicKeyInfo) && key.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    private static bool TryImport(ECDsa key, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            return read == subjectPublicKeyInfo.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256;
        }
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException)
        {
            // These bytes are no key, or one of a curve that nobody knows.
            return false;
        }
    }

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256)
            {
                return key;
            }
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new CryptographicException("this is no PEM file with one key of P-256");
        }

        key.Dispose();
        throw new CryptographicException("the key is not on the curve P-256");
    }
}
