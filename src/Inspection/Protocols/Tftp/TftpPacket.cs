using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Tftp;

/// <summary>Packets of TFTP (RFC 1350, section 5; RFC 2347): <c>| opcode 2 | … |</c>.</summary>
internal static class TftpPacket
{
    public const ushort ReadRequest = 1;
    public const ushort WriteRequest = 2;
    public const ushort Data = 3;
    public const ushort OptionsAcknowledged = 6;
    public const int DefaultBlockLength = 512;
    public const int DataHeaderLength = 4;

    public static ushort Opcode(ReadOnlySpan<byte> packet) => packet.Length < 2 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(packet);

    /// <summary>A request: <c>file 0 mode 0</c>, and options.</summary>
    public static bool TryReadRequest(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> file, out ReadOnlySpan<byte> mode)
    {
        file = mode = default;
        if (Opcode(packet) is not (ReadRequest or WriteRequest))
        {
            return false;
        }

        var rest = packet[2..];
        if (!TryTakeText(ref rest, out file) || !TryTakeText(ref rest, out mode))
        {
            return false;
        }

        return Ascii.EqualsIgnoreCase(mode, "octet"u8) || Ascii.EqualsIgnoreCase(mode, "netascii"u8) || Ascii.EqualsIgnoreCase(mode, "mail"u8);
    }

    /// <summary>The length of blocks that was agreed upon (RFC 2348).</summary>
    public static int BlockLength(ReadOnlySpan<byte> options)
    {
        while (TryTakeText(ref options, out var name) && TryTakeText(ref options, out var value))
        {
            if (Ascii.EqualsIgnoreCase(name, "blksize"u8) && Utf8Parser.TryParse(value, out int length, out _) && length is >= 8 and <= 65464)
            {
                return length;
            }
        }

        return DefaultBlockLength;
    }

    private static bool TryTakeText(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        var end = rest.IndexOf((byte)0);
        text = end < 0 ? default : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return end >= 0;
    }
}
