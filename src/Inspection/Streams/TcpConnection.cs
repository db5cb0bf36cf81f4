using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Streams;

/// <summary>Where a connection stands, as far as the engine needs to know (RFC 9293, 3.3.2 has more states).</summary>
internal enum TcpState : byte
{
    /// <summary>Nothing seen yet.</summary>
    None,

    /// <summary>Its start was not seen and it is not picked up: counted, not read.</summary>
    Untracked,

    SynSent,
    SynReceived,
    Established,

    /// <summary>Both sides have ended, or one has reset it, as far as was seen: what still comes is read nevertheless.</summary>
    Closed,
}

/// <summary>The two byte streams of a TCP flow. Recycled with its flow.</summary>
internal sealed class TcpConnection
{
    private readonly StreamHalf _toServer = new();
    private readonly StreamHalf _toClient = new();

    public TcpState State { get; set; }

    /// <summary>Whose reset closed it; null where none did.</summary>
    public Direction? ResetBy { get; set; }

    /// <summary>The stream that carries data in this direction.</summary>
    public StreamHalf this[Direction direction] => direction == Direction.ToServer ? _toServer : _toClient;

    /// <summary>Nobody reads the data any more; segments need not be kept.</summary>
    public bool IsIgnored { get; set; }

    public void Reset()
    {
        State = TcpState.None;
        IsIgnored = false;
        ResetBy = null;
        _toServer.Reset();
        _toClient.Reset();
    }
}
