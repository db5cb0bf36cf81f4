using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>A repository in a folder: a stick that somebody brings.</summary>
internal sealed class FolderSource(string folder) : IPackSource
{
    public long Received { get; private set; }

    public async Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(folder, path));
        if (!file.Exists)
        {
            return null;
        }

        if (file.Length > maxBytes)
        {
            throw new UpdateRefusal(UpdateRefusal.EndlessData, $"{file.FullName} is larger than {maxBytes} bytes");
        }

        Received += file.Length;
        return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
    }
}

/// <summary>A pack in one file.</summary>
internal sealed class FileSource(PatternPack pack) : IPackSource
{
    public long Received { get; private set; }

    public Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        var bytes = path.StartsWith("manifests/", StringComparison.Ordinal) ? pack.Front.ToBytes() : pack.CopySection(path[(path.IndexOf('/') + 1)..]);
        Received += bytes?.Length ?? 0;
        return Task.FromResult(bytes);
    }
}
