using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using MediaSecurityLite.Lab.Network;
using PacketDotNet;

namespace MediaSecurityLite.Lab.Captures;

/// <summary>Puts payloads of the terminal and the world into Ethernet frames with right lengths and checksums, and writes them.</summary>
internal sealed class FrameWriter(PcapWriter file, SyntheticClock clock)
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(2);
    private static readonly PhysicalAddress ClientMac = PhysicalAddress.Parse(LabPlan.ClientMac.ToUpperInvariant().Replace(':', '-'));
    private static readonly PhysicalAddress GatewayMac = PhysicalAddress.Parse(LabPlan.GatewayMac.ToUpperInvariant().Replace(':', '-'));

    public SyntheticClock Clock => clock;

    public static IPAddress ClientFor(IPAddress remote) =>
        remote.AddressFamily == AddressFamily.InterNetwork ? LabPlan.Client4 : LabPlan.Client6;

    public void WriteUdp(bool fromClient, IPAddress remote, ushort clientPort, ushort remotePort, byte[] payload)
    {
        var udp = new UdpPacket(fromClient ? clientPort : remotePort, fromClient ? remotePort : clientPort) { PayloadData = payload };
        Write(fromClient, remote, udp, udp.UpdateUdpChecksum);
    }

    public void WriteTcp(bool fromClient, IPAddress remote, TcpPacket tcp) => Write(fromClient, remote, tcp, tcp.UpdateTcpChecksum);

    private void Write(bool fromClient, IPAddress remote, TransportPacket transport, Action updateChecksum)
    {
        var client = ClientFor(remote);
        var (source, destination) = fromClient ? (client, remote) : (remote, client);
        var isIPv4 = client.AddressFamily == AddressFamily.InterNetwork;
        IPPacket ip = isIPv4 ? new IPv4Packet(source, destination) { TimeToLive = 64 } : new IPv6Packet(source, destination) { HopLimit = 64 };
        ip.PayloadPacket = transport;
        var ethernet = new EthernetPacket(
            fromClient ? ClientMac : GatewayMac,
            fromClient ? GatewayMac : ClientMac,
            isIPv4 ? EthernetType.IPv4 : EthernetType.IPv6)
        {
            PayloadPacket = ip,
        };
        ip.UpdateCalculatedValues();
        updateChecksum();
        (ip as IPv4Packet)?.UpdateIPChecksum();
        file.Write(clock.Now, ethernet.Bytes);
        clock.Advance(Latency);
    }
}
