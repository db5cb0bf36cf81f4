using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>Little-endian numbers and names at a place in a message; 0 and nothing beyond its end.</summary>
internal static class SmbBytes
{
    public static ushort U16(ReadOnlySpan<byte> message, int offset) =>
        offset + 2 <= message.Length ? BinaryPrimitives.ReadUInt16LittleEndian(message[offset..]) : (ushort)0;

    public static uint U32(ReadOnlySpan<byte> message, int offset) =>
        offset + 4 <= message.Length ? BinaryPrimitives.ReadUInt32LittleEndian(message[offset..]) : 0;

    public static ulong U64(ReadOnlySpan<byte> message, int offset) =>
        offset + 8 <= message.Length ? BinaryPrimitives.ReadUInt64LittleEndian(message[offset..]) : 0;

    /// <summary>As much of a part as the message holds.</summary>
    public static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> message, int offset, int length) =>
        offset >= message.Length ? default : message.Slice(offset, Math.Min(length, message.Length - offset));

    /// <summary>Turns UTF-16 into UTF-8.</summary>
    /// <returns>Bytes written; what does not fit is left out.</returns>
    public static int ToUtf8(ReadOnlySpan<byte> utf16, Span<byte> destination)
    {
        Span<char> characters = stackalloc char[512];
        var bytes = utf16[..Math.Min(utf16.Length & ~1, characters.Length * 2)];
        bytes.CopyTo(MemoryMarshal.AsBytes(characters));
        Utf8.FromUtf16(characters[..(bytes.Length / 2)], destination, out _, out var written);
        return written;
    }
}
