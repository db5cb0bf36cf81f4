using MediaSecurityLite.Enforcement.Native;
using MediaSecurityLite.Enforcement.Queue;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>
/// Sends packets in another's name. They carry the pass mark: the rule set keeps them out of connection tracking, so that what
/// we say neither changes a connection's state nor makes one up whose other side we are.
/// </summary>
internal sealed unsafe class RawInjector : IDisposable
{
    private readonly int _v4;
    private readonly int _v6;

    /// <exception cref="EnforcementException">CAP_NET_RAW or CAP_NET_ADMIN is missing.</exception>
    public RawInjector()
    {
        _v4 = Open(LibC.AfInet);
        _v6 = Open(LibC.AfInet6);
    }

    /// <summary>Packets sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Packets that the kernel did not take: no route to the terminal, mostly (a bridge without an address).</summary>
    public long Failed { get; private set; }

    public void Send(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> destination)
    {
        // sockaddr_in: family 2, port 2, address 4, zero 8. sockaddr_in6: family 2, port 2, flow 4, address 16, scope 4.
        var isV4 = destination.Length == 4;
        var length = isV4 ? 16 : 28;
        var address = stackalloc byte[28];
        var bytes = new Span<byte>(address, 28);
        bytes.Clear();
        *(ushort*)address = (ushort)(isV4 ? LibC.AfInet : LibC.AfInet6);
        destination.CopyTo(bytes[(isV4 ? 4 : 8)..]);
        fixed (byte* start = packet)
        {
            if (LibC.SendTo(isV4 ? _v4 : _v6, start, packet.Length, LibC.MsgDontWait, address, length) < 0)
            {
                Failed++;
            }
            else
            {
                Sent++;
            }
        }
    }

    public void Dispose()
    {
        _ = LibC.Close(_v4);
        _ = LibC.Close(_v6);
    }

    private static int Open(int family)
    {
        var socket = LibC.Socket(family, LibC.SockRaw | LibC.SockCloseOnExec, LibC.IpProtoRaw);
        var mark = FlowMark.Pass;
        if (socket < 0 || LibC.SetOption(socket, LibC.SolSocket, LibC.SoMark, &mark, sizeof(uint)) < 0)
        {
            throw new EnforcementException($"a raw socket for answers is refused: {LibC.LastErrorText}");
        }

        return socket;
    }
}
