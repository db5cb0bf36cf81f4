using System.IO.Compression;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Opens feeds as their publishers pack them: plain, gzip, or a zip archive with one file. What comes out is bounded.</summary>
internal static class FeedStream
{
    /// <summary>No feed unpacks to more; beyond it lies a bomb.</summary>
    public const long MaxBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is packed, and damaged.</exception>
    public static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        try
        {
            return new BoundedStream(Unpack(file), MaxBytes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static Stream Unpack(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        start = start[..length];
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return new GZipStream(file, CompressionMode.Decompress);
        }

        if (!start.StartsWith("PK\u0003\u0004"u8))
        {
            return file;
        }

        var archive = new ZipArchive(file, ZipArchiveMode.Read);
        return archive.Entries.Count == 1
            ? archive.Entries[0].Open()
            : throw new InvalidDataException($"the archive holds {archive.Entries.Count} files where one is expected");
    }
}
