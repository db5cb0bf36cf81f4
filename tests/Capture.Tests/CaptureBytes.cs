using System.Buffers.Binary;

namespace MediaSecurityLite.Capture.Tests;

/// <summary>Capture files made byte by byte.</summary>
internal static class CaptureBytes
{
    public static byte[] Pcap(bool bigEndian, bool nanoseconds, uint link, params (uint Seconds, uint Fraction, byte[] Bytes)[] records)
    {
        using var stream = new MemoryStream();
        void U32(uint value) => stream.Write(Bytes32(value, bigEndian));
        U32(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4);
        U32(bigEndian ? 0x0002_0004u : 0x0004_0002u);
        U32(0);
        U32(0);
        U32(262_144);
        U32(link);
        foreach (var (seconds, fraction, bytes) in records)
        {
            U32(seconds);
            U32(fraction);
            U32((uint)bytes.Length);
            U32((uint)bytes.Length);
            stream.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>A section with these interfaces (link type, decimal digits of the clock) and one frame of 8 bytes at clock value 1,000,000 on each.</summary>
    public static byte[] PcapNg(params (ushort Link, byte Digits)[] interfaces)
    {
        using var stream = new MemoryStream();
        Block(stream, 0x0A0D0D0A, [0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 8)]);
        foreach (var (link, digits) in interfaces)
        {
            Block(stream, 1, [(byte)link, (byte)(link >> 8), 0, 0, 0, 0, 4, 0, 9, 0, 1, 0, digits, 0, 0, 0, 0, 0, 0, 0]);
        }

        for (uint i = 0; i < interfaces.Length; i++)
        {
            Block(stream, 6, [.. Bytes32(i, false), .. Bytes32(0, false), .. Bytes32(1_000_000, false), .. Bytes32(8, false), .. Bytes32(8, false), .. new byte[8]]);
        }

        return stream.ToArray();
    }

    private static void Block(MemoryStream stream, uint type, byte[] body)
    {
        stream.Write(Bytes32(type, false));
        stream.Write(Bytes32((uint)body.Length + 12, false));
        stream.Write(body);
        stream.Write(Bytes32((uint)body.Length + 12, false));
    }

    private static byte[] Bytes32(uint value, bool bigEndian)
    {
        var bytes = new byte[4];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        return bytes;
    }
}
