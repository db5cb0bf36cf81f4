namespace MediaSecurityLite.Inspection.Packets;

/// <summary>Bounds of the reassembly of IP fragments.</summary>
public sealed record FragmentOptions
{
    /// <summary>Datagrams waited for at once; beyond it the oldest is given up and counted.</summary>
    public int MaxDatagrams { get; init; } = 4096;

    /// <summary>Bytes held for all of them; beyond it the oldest is given up and counted.</summary>
    public long MaxBytes { get; init; } = 8 << 20;

    /// <summary>How long a datagram is waited for, in seconds (RFC 791 suggests 15, RFC 8200 asks for 60 at the receiver).</summary>
    public int TimeoutSeconds { get; init; } = 60;
}
