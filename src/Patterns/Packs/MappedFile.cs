using System.IO.MemoryMappedFiles;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>A file mapped for reading. Unmapped when disposed of, or when nobody refers to it any more.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _pointer;
    private readonly int _length;
    private bool _isReleased;

    private MappedFile(MemoryMappedFile file, int length)
    {
        _file = file;
        _length = length;
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);

        // Packs that were swapped out go with the garbage collector, which cannot see how large they are.
        GC.AddMemoryPressure(length);
    }

    ~MappedFile() => Release();

    public ReadOnlySpan<byte> Bytes => new(_pointer + _view.PointerOffset, _length);

    /// <summary>Maps a file of at most 2 GiB.</summary>
    /// <exception cref="IOException">The file cannot be read, is empty or too large.</exception>
    public static MappedFile Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (stream.Length is 0 or > int.MaxValue)
        {
            throw new IOException(stream.Length == 0 ? "the file is empty" : "the file is too large");
        }

        var file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, stream.Length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new MappedFile(file, (int)stream.Length);
    }

    public void Dispose()
    {
        Release();
        _view.Dispose();
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (!_isReleased && _pointer is not null)
        {
            _isReleased = true;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            GC.RemoveMemoryPressure(_length);
        }
    }
}
