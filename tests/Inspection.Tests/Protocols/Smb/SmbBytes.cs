using System.Buffers.Binary;
using System.Text;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Smb;

/// <summary>Writes messages of SMB as their specifications say they look (MS-SMB2, MS-CIFS).</summary>
internal static class SmbBytes
{
    public static byte[] Frame(params byte[][] commands)
    {
        byte[] message = [.. commands.SelectMany(command => command)];
        return [0, (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];
    }

    /// <summary>A command of SMB2; one that is not the last of its chain is padded to 8 bytes.</summary>
    public static byte[] Command2(ushort command, ulong message, byte[] body, bool isResponse = false, bool isLast = true, uint status = 0, uint tree = 1, bool isRelated = false)
    {
        var bytes = new byte[isLast ? 64 + body.Length : (64 + body.Length + 7) & ~7];
        byte[] name = [0xFE, (byte)'S', (byte)'M', (byte)'B', 64, 0];
        name.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), status);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(12), command);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), (isResponse ? 1u : 0) | (isRelated ? 4u : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(20), isLast ? 0 : (uint)bytes.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), message);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(36), tree);
        body.CopyTo(bytes, 64);
        return bytes;
    }

    public static byte[] Negotiate() => [36, 0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Range(0, 16).Select(i => (byte)i), .. new byte[8], 0x02, 0x02, 0x11, 0x03];

    public static byte[] NegotiateAnswer() => [65, 0, 1, 0, 0x11, 0x03, 0, 0, .. Enumerable.Range(16, 16).Select(i => (byte)i), .. new byte[40]];

    public static byte[] TreeAnswer(byte shareType) => [16, 0, shareType, 0, .. new byte[12]];

    public static byte[] Create(string name)
    {
        var text = Encoding.Unicode.GetBytes(name);
        return [57, 0, .. new byte[42], 120, 0, (byte)text.Length, 0, .. new byte[8], .. text];
    }

    public static byte[] CreateAnswer(byte id) => [89, 0, .. new byte[62], .. FileId(id), .. new byte[8]];

    public static byte[] Read(byte[] file, ulong offset) => [49, 0, 0, 0, 0, 0x10, 0, 0, .. Little(offset), .. file, .. new byte[16]];

    public static byte[] ReadAnswer(byte[] data) => [17, 0, 80, 0, .. BitConverter.GetBytes(data.Length), .. new byte[8], .. data];

    public static byte[] Write(byte[] file, ulong offset, byte[] data) => [49, 0, 112, 0, .. BitConverter.GetBytes(data.Length), .. Little(offset), .. file, .. new byte[16], .. data];

    public static byte[] Close(byte[] file) => [24, 0, 0, 0, 0, 0, 0, 0, .. file];

    public static byte[] FileId(byte id) => [.. Enumerable.Repeat(id, 16)];

    /// <summary>A message of SMB1 with one command.</summary>
    public static byte[] Command1(byte command, ushort multiplex, byte[] words, byte[] bytes, bool isResponse = false) =>
    [
        0xFF, (byte)'S', (byte)'M', (byte)'B', command, 0, 0, 0, 0, isResponse ? (byte)0x80 : (byte)0, 0, 0, .. new byte[12], 1, 0, 0, 0, 0, 0,
        (byte)multiplex, (byte)(multiplex >> 8), (byte)(words.Length / 2), .. words, (byte)bytes.Length, (byte)(bytes.Length >> 8), .. bytes,
    ];

    private static byte[] Little(ulong value) => BitConverter.GetBytes(value);
}
