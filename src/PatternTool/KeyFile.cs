using System.Security.Cryptography;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.PatternTool;

/// <summary>Key files: the private half is for its owner's eyes only, and is never shown.</summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static ECDsa ReadPrivate(string path)
    {
        try
        {
            return PackKeys.ReadPrivate(File.ReadAllText(path));
        }
        catch (CryptographicException fault)
        {
            throw new CryptographicException($"{path}: {fault.Message}");
        }
    }

    /// <summary>Writes a new key and its public half; never over a file.</summary>
    public static void WriteNew(string privatePath, string publicPath)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write(privatePath, key.ExportPkcs8PrivateKeyPem(), OwnerOnly);
        Write(publicPath, key.ExportSubjectPublicKeyInfoPem(), Everybody);
    }

    private static void Write(string path, string pem, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(pem);
    }
}
