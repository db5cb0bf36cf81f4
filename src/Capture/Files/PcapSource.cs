using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Capture.Files;

/// <summary>
/// Classic pcap (draft-ietf-opsawg-pcap): a header of 24 bytes, then records.
/// <code>
/// | magic 4 | major 2 | minor 2 | reserved 8 | snaplen 4 | link type 4 |
/// | seconds 4 | micro- or nanoseconds 4 | captured length 4 | original length 4 | bytes |
/// </code>
/// </summary>
internal sealed class PcapSource : FileSource
{
    private const int FileHeader = 24;
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>Alexey Kuznetsov's variant, with 8 bytes more per record.</summary>
    private const uint Modified = 0xA1B2CD34;

    private readonly LinkType _link;
    private readonly int _recordHeader;
    private readonly long _fractionNanoseconds;

    private PcapSource(string path, ByteWindow window, uint magic, bool isBigEndian)
        : base(path, window)
    {
        IsBigEndian = isBigEndian;
        _recordHeader = magic == Modified ? 24 : 16;
        _fractionNanoseconds = magic == Nanoseconds ? 1 : 1000;
        if (!Window.TryEnsure(FileHeader))
        {
            throw Truncated();
        }

        // The upper bits tell about frame check sequences.
        _link = (LinkType)(U32(20) & 0xFFFF);
        Window.Pass(FileHeader);
    }

    /// <returns>False if the file is no pcap.</returns>
    public static bool TryOpen(string path, ByteWindow window, [NotNullWhen(true)] out PcapSource? source)
    {
        var little = BinaryPrimitives.ReadUInt32LittleEndian(window.Bytes);
        var big = BinaryPrimitives.ReverseEndianness(little);
        var isBig = big is Microseconds or Nanoseconds or Modified;
        source = isBig || little is Microseconds or Nanoseconds or Modified ? new PcapSource(path, window, isBig ? big : little, isBig) : null;
        return source is not null;
    }

    protected override SourceStatus ReadNext()
    {
        if (!Window.TryEnsure(_recordHeader))
        {
            return AtEnd();
        }

        var length = U32(8);
        if (length > MaxRecord)
        {
            throw Damaged($"a record claims {length} bytes");
        }

        var timestamp = (U32(0) * 1_000_000_000L) + (U32(4) * _fractionNanoseconds);
        var recordLength = _recordHeader + (int)length;
        return Window.TryEnsure(recordLength) ? Found(_recordHeader, (int)length, _link, timestamp, recordLength) : throw Truncated();
    }
}
