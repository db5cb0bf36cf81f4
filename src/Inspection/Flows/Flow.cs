using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols;
using MediaSecurityLite.Inspection.Protocols.Recognition;
using MediaSecurityLite.Inspection.Streams;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Flows;

/// <summary>
/// One conversation between two endpoints. Flows are recycled: nobody but the inspector that owns the table may keep one
/// beyond a call.
/// </summary>
internal sealed class Flow
{
    /// <summary>Unique within one inspector, counting from 1.</summary>
    public long Id;

    public FlowKey Key;
    public uint Hash;

    /// <summary>The side that opened the flow.</summary>
    public IpAddress Client;

    public IpAddress Server;
    public ushort ClientPort;
    public ushort ServerPort;
    public byte Protocol;
    public ushort Vlan;
    public bool IsClientLow;

    /// <summary>Hardware addresses seen on the first packet, 0 where the link has none.</summary>
    public ulong ClientMac;

    public ulong ServerMac;

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long Started;

    public long LastSeen;
    public long PacketsToServer;
    public long PacketsToClient;
    public long BytesToServer;
    public long BytesToClient;
    public TcpFlags FlagsToServer;
    public TcpFlags FlagsToClient;

    public AppProtocol App;

    /// <summary>What it spoke at first, where that protocol handed over to another (STARTTLS, CONNECT, SOCKS); else unknown.</summary>
    public AppProtocol OriginalApp;

    /// <summary>Datagrams of each direction that were looked at and not recognised.</summary>
    public byte ProbedToServer;

    public byte ProbedToClient;

    /// <summary>What the datagrams of each direction tell together.</summary>
    public Evidence EvidenceToServer;

    public Evidence EvidenceToClient;

    /// <summary>The application that names or content told; null while unknown.</summary>
    public string? Application;

    /// <summary>Reads the application data; null before the protocol is known and after it was given up.</summary>
    public ProtocolParser? Parser;

    /// <summary>Connection state and reassembly; null for anything but TCP.</summary>
    public TcpConnection? Tcp;

    /// <summary>Sticky: what blocked the flow; every further packet is blocked for the same reason.</summary>
    public Detection? BlockedBy;

    public int Alerts;

    /// <summary>What was reported last, so that every packet and record of a flow does not report it again.</summary>
    public Detection? Reported;

    public bool IsAnswered => PacketsToClient > 0;

    internal FlowClass Class;

    /// <summary>When the flow was last moved to the end of its list.</summary>
    internal long Listed;
    internal Flow? NextInBucket;
    internal Flow? Newer;
    internal Flow? Older;

    /// <summary>True if one of the two ends has this port.</summary>
    public bool HasPort(ushort port) => ServerPort == port || ClientPort == port;

    public ref byte ProbedDatagrams(Direction direction) =>
        ref direction == Direction.ToServer ? ref ProbedToServer : ref ProbedToClient;

    public ref Evidence EvidenceOf(Direction direction) =>
        ref direction == Direction.ToServer ? ref EvidenceToServer : ref EvidenceToClient;

    public Direction DirectionOf(bool isFromLow) => isFromLow == IsClientLow ? Direction.ToServer : Direction.ToClient;

    public void Open(long id, in FlowKey key, uint hash, scoped in Packet packet, bool isFromLow)
    {
        Id = id;
        Key = key;
        Hash = hash;
        Protocol = packet.Protocol;
        Vlan = packet.Vlan;
        Started = LastSeen = packet.Timestamp;
        PacketsToServer = PacketsToClient = BytesToServer = BytesToClient = 0;
        FlagsToServer = FlagsToClient = TcpFlags.None;
        App = OriginalApp = AppProtocol.Unknown;
        ProbedToServer = ProbedToClient = 0;
        EvidenceToServer = EvidenceToClient = default;
        Application = null;
        Parser = null;
        Tcp = null;
        BlockedBy = null;
        Reported = null;
        Alerts = 0;
        (Client, Server) = (packet.Source, packet.Destination);
        (ClientPort, ServerPort) = (packet.SourcePort, packet.DestinationPort);
        (ClientMac, ServerMac) = (packet.SourceMac, packet.DestinationMac);
        IsClientLow = isFromLow;
    }

    /// <summary>Turns the flow round, for one that was met in the middle: the first packet came from the server.</summary>
    public void SwapSides()
    {
        (Client, Server) = (Server, Client);
        (ClientPort, ServerPort) = (ServerPort, ClientPort);
        (ClientMac, ServerMac) = (ServerMac, ClientMac);
        IsClientLow = !IsClientLow;
    }

    public void Count(scoped in Packet packet, Direction direction)
    {
        LastSeen = Math.Max(LastSeen, packet.Timestamp);
        if (direction == Direction.ToServer)
        {
            PacketsToServer++;
            BytesToServer += packet.FrameLength;
            FlagsToServer |= packet.Flags;
        }
        else
        {
            PacketsToClient++;
            BytesToClient += packet.FrameLength;
            FlagsToClient |= packet.Flags;
        }
    }
}
