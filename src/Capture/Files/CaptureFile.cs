using System.Buffers.Binary;
using System.IO.Compression;
using ZstdSharp;

namespace MediaSecurityLite.Capture.Files;

/// <summary>
/// Opens capture files: pcap and pcapng, plain or compressed with zstd or gzip, told apart by their first bytes. They are read
/// with an own reader: libpcap's refuses files with several link types, and its wrapper allocates for every packet.
/// </summary>
public static class CaptureFile
{
    private const uint ZstdMagic = 0xFD2FB528;
    private const ushort GzipMagic = 0x8B1F;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CaptureException">It cannot be opened, or is no capture.</exception>
    public static IFrameSource Open(string path)
    {
        Stream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
            var window = new ByteWindow(stream);
            if (Decompress(window) is { } plain)
            {
                stream = plain;
                window = new ByteWindow(plain);
            }

            return OpenFormat(path, window);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ZstdException)
        {
            stream?.Dispose();
            throw new CaptureException($"{path}: {exception.Message}", exception);
        }
        catch (CaptureException)
        {
            stream?.Dispose();
            throw;
        }
    }

    private static Stream? Decompress(ByteWindow window)
    {
        if (!window.TryEnsure(4))
        {
            return null;
        }

        var start = window.Bytes;
        if (BinaryPrimitives.ReadUInt32LittleEndian(start) == ZstdMagic)
        {
            return new DecompressionStream(window.AsStream(), leaveOpen: false);
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(start) == GzipMagic ? new GZipStream(window.AsStream(), CompressionMode.Decompress) : null;
    }

    private static IFrameSource OpenFormat(string path, ByteWindow window)
    {
        if (!window.TryEnsure(4))
        {
            throw new CaptureException(window.Bytes.IsEmpty ? $"{path}: the file is empty" : $"{path}: not a capture file");
        }

        var magic = BinaryPrimitives.ReadUInt32LittleEndian(window.Bytes);
        if (magic == PcapNgSource.SectionHeader)
        {
            return new PcapNgSource(path, window);
        }

        return PcapSource.TryOpen(path, window, out var source) ? source : throw new CaptureException($"{path}: not a capture file (pcap or pcapng)");
    }
}
