using System.Buffers.Binary;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>
/// Writes a classic capture file (draft-ietf-opsawg-pcap): nanosecond magic, little endian, Ethernet. Written here rather
/// than by libpcap, so that a machine without that library can make captures too.
/// </summary>
internal sealed class PcapWriter : IDisposable
{
    private const uint NanosecondMagic = 0xa1b23c4d;
    private const int SnapLength = 262_144;
    private const int Ethernet = 1;

    private readonly FileStream _file;

    public PcapWriter(string path)
    {
        _file = File.Create(path);
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], SnapLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], Ethernet);
        _file.Write(header);
    }

    public void Write(DateTimeOffset time, ReadOnlySpan<byte> frame)
    {
        var sinceEpoch = time - DateTimeOffset.UnixEpoch;
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(sinceEpoch.Ticks / TimeSpan.TicksPerSecond));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(sinceEpoch.Ticks % TimeSpan.TicksPerSecond * 100));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], frame.Length);
        _file.Write(header);
        _file.Write(frame);
    }

    public void Dispose() => _file.Dispose();
}
