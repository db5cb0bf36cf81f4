using System.Security.Cryptography;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>The packs that lie in the folder, each opened and checked, in the order of their names.</summary>
internal static class PatternFolder
{
    public const string Extension = ".mslpack";

    /// <exception cref="IOException">The folder or a trusted key cannot be read.</exception>
    /// <exception cref="CryptographicException">A trusted key is none.</exception>
    public static IReadOnlyList<(string File, PackOpening Opening)> Open(string folder, string trustedKeys)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var keys = TrustedKeys.LoadFolder(trustedKeys);
        return
        [
            .. Directory.EnumerateFiles(folder, "*" + Extension)
                .Order(StringComparer.Ordinal)
                .Select(file => (file, PatternPack.Open(file, keys))),
        ];
    }
}
