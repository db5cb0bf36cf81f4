using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Packets;
using ZstdSharp;

namespace MediaSecurityLite.Capture.Files;

/// <summary>What the readers of both file formats share: the window, the frame found last, and how trouble is told.</summary>
internal abstract class FileSource(string path, ByteWindow window) : IFrameSource
{
    /// <summary>A record that claims more is damaged; libpcap's own limit is 256 KiB for most link types.</summary>
    protected const int MaxRecord = 16 << 20;

    private int _frameStart;
    private int _frameLength;
    private LinkType _link;
    private long _timestamp;
    private int _toPass;

    public Frame Current => new(Window.Bytes.Slice(_frameStart, _frameLength), _link, _timestamp);

    public long Dropped => 0;

    protected ByteWindow Window { get; } = window;

    protected bool IsBigEndian { get; set; }

    public SourceStatus MoveNext()
    {
        try
        {
            Window.Pass(_toPass);
            _toPass = 0;
            return ReadNext();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ZstdException)
        {
            throw new CaptureException($"{path}: {exception.Message}", exception);
        }
    }

    public void Dispose() => Window.Dispose();

    /// <summary>Goes to the next record that is a frame.</summary>
    protected abstract SourceStatus ReadNext();

    /// <summary>Remembers where in the window the frame lies, and how much to pass over before the next.</summary>
    protected SourceStatus Found(int start, int length, LinkType link, long timestamp, int recordLength)
    {
        (_frameStart, _frameLength, _link, _timestamp, _toPass) = (start, length, link, timestamp, recordLength);
        return SourceStatus.Frame;
    }

    /// <summary>The end of the file, which is right only between two records.</summary>
    protected SourceStatus AtEnd() => Window.Bytes.IsEmpty ? SourceStatus.End : throw Truncated();

    protected CaptureException Truncated() => new($"{path}: the file is cut off in the middle of a record");

    protected CaptureException Damaged(string what) => new($"{path}: damaged: {what}");

    protected uint U32(int offset)
    {
        var bytes = Window.Bytes[offset..];
        return IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    protected ushort U16(int offset)
    {
        var bytes = Window.Bytes[offset..];
        return IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }
}
