using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace MediaSecurityLite.Gateway.Tests.Pipeline;

/// <summary>Writes small captures: for each terminal one HTTP request over Ethernet, IPv4 and TCP (RFC 9293, 3.1), handshake included.</summary>
internal static class TestCapture
{
    public const ushort ServerPort = 80;

    private const byte Syn = 0x02;
    private const byte Ack = 0x10;
    private const byte Push = 0x08;
    private const int Headers = 14 + 20 + 20;

    private static readonly byte[] Server = [198, 51, 100, 7];

    /// <summary>All terminals ask the same host for the same path, three milliseconds apart.</summary>
    public static void WriteRequests(string file, IReadOnlyList<IPAddress> terminals, string host, string path)
    {
        using var stream = File.Create(file);
        WriteFileHeader(stream);
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        var milliseconds = 0;
        foreach (var terminal in terminals.Select(terminal => terminal.GetAddressBytes()))
        {
            WriteRecord(stream, milliseconds++, Segment(terminal, fromTerminal: true, 1000, 0, Syn, []));
            WriteRecord(stream, milliseconds++, Segment(terminal, fromTerminal: false, 5000, 1001, Syn | Ack, []));
            WriteRecord(stream, milliseconds++, Segment(terminal, fromTerminal: true, 1001, 5001, Ack | Push, request));
        }
    }

    private static byte[] Segment(byte[] terminal, bool fromTerminal, uint sequence, uint acknowledged, byte flags, byte[] data)
    {
        const ushort TerminalPort = 40000;
        var frame = new byte[Headers + data.Length];
        frame[fromTerminal ? 5 : 11] = 0x01;
        frame[fromTerminal ? 11 : 5] = 0x02;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x0800);

        var ip = frame.AsSpan(14);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(40 + data.Length));
        ip[8] = 64;
        ip[9] = 6;
        terminal.CopyTo(ip[(fromTerminal ? 12 : 16)..]);
        Server.CopyTo(ip[(fromTerminal ? 16 : 12)..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..20]));

        var tcp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, fromTerminal ? TerminalPort : ServerPort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], fromTerminal ? ServerPort : TerminalPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledged);
        tcp[12] = 5 << 4;
        tcp[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 0xFFFF);
        data.CopyTo(tcp[20..]);
        return frame;
    }

    private static void WriteFileHeader(Stream stream)
    {
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        stream.Write(header);
    }

    private static void WriteRecord(Stream stream, int milliseconds, byte[] frame)
    {
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(header, 1_770_000_000 + (milliseconds / 1000));
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], milliseconds % 1000 * 1000);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], frame.Length);
        stream.Write(header);
        stream.Write(frame);
    }

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        var sum = 0;
        for (var i = 0; i < header.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);
        }

        return (ushort)~((sum & 0xFFFF) + (sum >> 16));
    }
}
