namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>Resolves the paths of one source list.</summary>
internal sealed class SourcePaths(string list, IReadOnlyDictionary<string, string> folders)
{
    public string List { get; } = list;

    public string Resolve(string path)
    {
        var end = path.IndexOf('}', StringComparison.Ordinal);
        if (!path.StartsWith('{') || end < 0)
        {
            return Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(List))!);
        }

        var name = path[1..end];
        return folders.TryGetValue(name, out var folder)
            ? Path.GetFullPath(path[(end + 1)..].TrimStart('/'), Path.GetFullPath(folder))
            : throw new SourceListException($"{List}: '{path}' needs the option --folder {name}=PATH");
    }
}
