using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Rdp;

/// <summary>
/// What the client says about itself where RDP is not within TLS: the core data (MS-RDPBCGR, 2.2.1.3.2) in the conference
/// request, little-endian: <c>| 0xC001 | length 2 | version 4 | width 2 | height 2 | … 8 | build 4 | name 32, UTF-16 | …</c>.
/// </summary>
internal readonly ref struct RdpClientCore
{
    private const ushort CoreType = 0xC001;
    private const int NameOffset = 24;
    private const int NameLength = 32;

    public ushort Width { get; private init; }

    public ushort Height { get; private init; }

    public uint Build { get; private init; }

    /// <summary>UTF-16.</summary>
    public ReadOnlySpan<byte> Name { get; private init; }

    public static bool TryFind(ReadOnlySpan<byte> message, out RdpClientCore core)
    {
        // T.124: the client's key stands before its data, with a length of one or two bytes behind it.
        core = default;
        var key = message.IndexOf("Duca"u8);
        if (key < 0 || message.Length < key + 6)
        {
            return false;
        }

        var rest = message[(key + 4)..];
        rest = rest[((rest[0] & 0x80) != 0 ? 2 : 1)..];
        if (rest.Length < NameOffset + NameLength || BinaryPrimitives.ReadUInt16LittleEndian(rest) != CoreType)
        {
            return false;
        }

        var name = rest.Slice(NameOffset, NameLength);
        var end = 0;
        while (end < name.Length && (name[end] != 0 || name[end + 1] != 0))
        {
            end += 2;
        }

        core = new RdpClientCore
        {
            Width = BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]),
            Height = BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]),
            Build = BinaryPrimitives.ReadUInt32LittleEndian(rest[20..]),
            Name = name[..end],
        };
        return true;
    }
}
