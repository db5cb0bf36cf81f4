using System.Buffers.Binary;
using System.Text;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Gateway.Explaining;

/// <summary>
/// The few packets with which a terminal would ask for something: a TCP handshake and an HTTP request. They start with the
/// IP header (RFC 791, 3.1; RFC 8200, 3; RFC 9293, 3.1) and never leave the program, so checksums stay empty.
/// </summary>
internal sealed class ProbeFrames(IpAddress remote, ushort remotePort)
{
    private const byte Syn = 0x02;
    private const byte Ack = 0x10;
    private const byte Tcp = 6;
    private const int TcpHeader = 20;
    private const ushort TerminalPort = 50000;
    private const uint TerminalStart = 1;
    private const uint RemoteStart = 1;

    private readonly IpAddress _terminal = remote.IsIPv4 ? IpAddress.FromV4(0x0A000002) : new IpAddress(0xFD00_0000_0000_0000, 2);

    public byte[] Hello() => Segment(fromTerminal: true, TerminalStart, 0, Syn, []);

    public byte[] HelloBack() => Segment(fromTerminal: false, RemoteStart, TerminalStart + 1, Syn | Ack, []);

    public byte[] Request(string host, string target) => Segment(
        fromTerminal: true, TerminalStart + 1, RemoteStart + 1, Ack,
        Encoding.UTF8.GetBytes($"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n"));

    private byte[] Segment(bool fromTerminal, uint sequence, uint acknowledged, byte flags, ReadOnlySpan<byte> data)
    {
        var ipHeader = remote.IsIPv4 ? 20 : 40;
        var packet = new byte[ipHeader + TcpHeader + data.Length];
        var (source, destination) = fromTerminal ? (_terminal, remote) : (remote, _terminal);
        if (remote.IsIPv4)
        {
            WriteIPv4(packet, source, destination);
        }
        else
        {
            WriteIPv6(packet, source, destination);
        }

        var tcp = packet.AsSpan(ipHeader);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, fromTerminal ? TerminalPort : remotePort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], fromTerminal ? remotePort : TerminalPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledged);
        tcp[12] = TcpHeader / 4 << 4;
        tcp[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        data.CopyTo(tcp[TcpHeader..]);
        return packet;
    }

    private static void WriteIPv4(Span<byte> packet, IpAddress source, IpAddress destination)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[8] = 64;
        packet[9] = Tcp;
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], source.V4);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], destination.V4);
    }

    private static void WriteIPv6(Span<byte> packet, IpAddress source, IpAddress destination)
    {
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - 40));
        packet[6] = Tcp;
        packet[7] = 64;
        BinaryPrimitives.WriteUInt64BigEndian(packet[8..], source.High);
        BinaryPrimitives.WriteUInt64BigEndian(packet[16..], source.Low);
        BinaryPrimitives.WriteUInt64BigEndian(packet[24..], destination.High);
        BinaryPrimitives.WriteUInt64BigEndian(packet[32..], destination.Low);
    }
}
