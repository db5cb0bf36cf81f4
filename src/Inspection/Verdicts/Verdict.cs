namespace MediaSecurityLite.Inspection.Verdicts;

/// <summary>What shall happen to a packet.</summary>
public enum VerdictAction : byte
{
    /// <summary>Let it pass.</summary>
    Accept,

    /// <summary>Stop it and the flow it belongs to.</summary>
    Block,
}

/// <summary>What happens to a packet, and why. Without a detection, <see cref="Detection"/> is null.</summary>
public readonly record struct Verdict(VerdictAction Action, Detection? Detection)
{
    /// <summary>
    /// No later packet of the flow can change this verdict, so that whoever enforces it need not show them. False as long as
    /// more may be said: a name that is not complete, another request on the same connection, another question to a DNS server.
    /// </summary>
    public bool IsDecided { get; init; }

    /// <summary>Nothing speaks against the packet.</summary>
    public static Verdict Pass => default;
}
