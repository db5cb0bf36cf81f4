namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>What lies in a repository folder: regular files with proper names and bounded sizes, or it is refused.</summary>
internal static class RepositoryFiles
{
    private const int MostFiles = 100_000;
    private const long LargestTotal = 16L * 1024 * 1024 * 1024;

    /// <exception cref="PackImportException">Something in it does not belong there.</exception>
    public static IReadOnlyList<PackFileName> List(string repository)
    {
        var files = new List<PackFileName>();
        var total = 0L;
        foreach (var kind in Enum.GetValues<PackFileKind>())
        {
            var folder = new DirectoryInfo(Path.Combine(repository, PackFileName.FolderOf(kind)));
            if (!folder.Exists)
            {
                throw new PackImportException($"{repository} is no pattern repository: it has no folder {folder.Name}");
            }

            foreach (var entry in folder.EnumerateFileSystemInfos())
            {
                var file = Check(kind, entry);
                total += ((FileInfo)entry).Length;
                files.Add(file);
                if (files.Count > MostFiles || total > LargestTotal)
                {
                    throw new PackImportException($"{repository} holds more than {MostFiles} files or {LargestTotal} bytes");
                }
            }
        }

        return files;
    }

    private static PackFileName Check(PackFileKind kind, FileSystemInfo entry)
    {
        if (!PackFileName.TryParse(kind, entry.Name, out var file))
        {
            throw new PackImportException($"{PackFileName.FolderOf(kind)}/{Language.UntrustedText.Line(entry.Name, 100)} is no file of a pattern repository");
        }

        if (entry is not FileInfo regular || regular.LinkTarget is not null)
        {
            throw new PackImportException($"{file} is no regular file");
        }

        return regular.Length <= file.LargestLength
            ? file
            : throw new PackImportException($"{file} has {regular.Length} bytes; {file.LargestLength} are allowed");
    }
}
