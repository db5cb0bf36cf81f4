using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Capture.Files;

/// <summary>
/// pcapng (draft-ietf-opsawg-pcapng): sections of blocks <c>| type 4 | total length 4 | body | total length 4 |</c>. Frames of
/// all interfaces come in file order, each with the link type of its own.
/// </summary>
internal sealed class PcapNgSource(string path, ByteWindow window) : FileSource(path, window)
{
    public const uint SectionHeader = 0x0A0D0D0A;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;

    /// <summary>A file with more interfaces than any machine has is damaged.</summary>
    private const int MaxInterfaces = 65536;

    private readonly List<Interface> _interfaces = [];

    protected override SourceStatus ReadNext()
    {
        while (Window.TryEnsure(12))
        {
            var type = U32(0);
            if (type == SectionHeader)
            {
                IsBigEndian = BinaryPrimitives.ReadUInt32BigEndian(Window.Bytes[8..]) == ByteOrderMagic;
                _interfaces.Clear();
            }

            var length = U32(4);
            if (length is < 12 or > MaxRecord || length % 4 != 0)
            {
                throw Damaged($"a block claims {length} bytes");
            }

            if (!Window.TryEnsure((int)length))
            {
                throw Truncated();
            }

            if (ReadBlock(type, (int)length) == SourceStatus.Frame)
            {
                return SourceStatus.Frame;
            }

            Window.Pass((int)length);
        }

        return AtEnd();
    }

    private SourceStatus ReadBlock(uint type, int length)
    {
        switch (type)
        {
            case InterfaceDescription when length >= 20 && _interfaces.Count < MaxInterfaces:
                _interfaces.Add(ReadInterface(length));
                return SourceStatus.Idle;
            case EnhancedPacket when length >= 32:
                return ReadPacket(length, U32(8), U32(12), U32(16), U32(20), 28);
            case ObsoletePacket when length >= 32:
                return ReadPacket(length, U16(8), U32(12), U32(16), U32(20), 28);
            case SimplePacket when length >= 16 && _interfaces.Count > 0:
                // It has no time and no captured length: what the block holds is what there is.
                var captured = (int)Math.Min(U32(8), (uint)length - 16);
                return Found(12, captured, _interfaces[0].Link, 0, length);
            default:
                return SourceStatus.Idle;
        }
    }

    private SourceStatus ReadPacket(int blockLength, uint interfaceId, uint high, uint low, uint captured, int start)
    {
        if (interfaceId >= _interfaces.Count)
        {
            throw Damaged($"a packet names interface {interfaceId}, which the section does not describe");
        }

        if (captured > blockLength - start - 4)
        {
            throw Damaged($"a packet claims {captured} bytes in a block of {blockLength}");
        }

        var source = _interfaces[(int)interfaceId];
        return Found(start, (int)captured, source.Link, source.ToNanoseconds(((ulong)high << 32) | low), blockLength);
    }

    /// <summary>Section 4.2: link type 2, reserved 2, snaplen 4, options; 9 is the clock's resolution, 14 its offset in seconds.</summary>
    private Interface ReadInterface(int length)
    {
        const int ResolutionOption = 9;
        const int OffsetOption = 14;
        var (resolution, offset) = ((byte)6, 0L);
        for (var position = 16; position + 4 <= length - 4;)
        {
            var (code, size) = (U16(position), U16(position + 2));
            position += 4;
            if (code == 0 || position + size > length - 4)
            {
                break;
            }

            if (code == ResolutionOption && size >= 1)
            {
                resolution = Window.Bytes[position];
            }
            else if (code == OffsetOption && size >= 8)
            {
                offset = IsBigEndian
                    ? BinaryPrimitives.ReadInt64BigEndian(Window.Bytes[position..])
                    : BinaryPrimitives.ReadInt64LittleEndian(Window.Bytes[position..]);
            }

            position += (size + 3) & ~3;
        }

        return new Interface((LinkType)U16(8), resolution, offset);
    }

    /// <param name="Link">What its frames start with.</param>
    /// <param name="Resolution">Units per second: a power of 10, or of 2 where the highest bit is set.</param>
    /// <param name="OffsetSeconds">Added to every time.</param>
    private sealed record Interface(LinkType Link, byte Resolution, long OffsetSeconds)
    {
        private readonly UInt128 _unitsPerSecond = (Resolution & 0x80) != 0
            ? UInt128.One << (Resolution & 0x7F)
            : (UInt128)System.Numerics.BigInteger.Pow(10, Math.Min(Resolution & 0x7F, 38));

        public long ToNanoseconds(ulong units) =>
            unchecked((long)(UInt128)(units * (UInt128)1_000_000_000 / _unitsPerSecond) + (OffsetSeconds * 1_000_000_000));
    }
}
