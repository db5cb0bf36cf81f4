using MediaSecurityLite.SupportCenter.Identity;

namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>The imported files, in the data directory. They are named by what they hold and never change, so none is ever replaced.</summary>
internal sealed class PackLibrary(string dataDirectory)
{
    private readonly string _folder = Path.Combine(dataDirectory, "patterns");

    public string PathOf(PackFileName file) => Path.Combine(_folder, PackFileName.FolderOf(file.Kind), file.Name);

    public bool Has(PackFileName file) => File.Exists(PathOf(file));

    public IEnumerable<PackFileName> Manifests()
    {
        var folder = Path.Combine(_folder, PackFileName.FolderOf(PackFileKind.Manifest));
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            if (PackFileName.TryParse(PackFileKind.Manifest, Path.GetFileName(path), out var file))
            {
                yield return file;
            }
        }
    }

    /// <summary>The newest root; 0 without one.</summary>
    public int NewestRoot()
    {
        var version = 0;
        while (Has(PackFileName.Root(version + 1)))
        {
            version++;
        }

        return version;
    }

    /// <summary>A folder beside the files, for an import that is under way.</summary>
    public string NewStaging()
    {
        PrivateFile.EnsureDirectory(_folder);
        foreach (var kind in Enum.GetValues<PackFileKind>())
        {
            PrivateFile.EnsureDirectory(Path.Combine(_folder, PackFileName.FolderOf(kind)));
        }

        var staging = Path.Combine(_folder, $".import-{Guid.NewGuid():N}");
        PrivateFile.EnsureDirectory(staging);
        return staging;
    }
}
