using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>The packs that lie in the folder, each opened and checked, in the order of their names.</summary>
internal static class PatternFolder
{
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<(string File, PackOpening Opening)> Open(PackShelf shelf, TrustedKeys signers) => Directory.Exists(shelf.Folder)
        ?
        [
            .. Directory.EnumerateFiles(shelf.Folder, "*" + PackShelf.Extension)
                .Order(StringComparer.Ordinal)
                .Select(file => (file, PatternPack.Open(file, signers))),
        ]
        : [];
}
