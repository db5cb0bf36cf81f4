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
    /// <summary>Nothing speaks against the packet.</summary>
    public static Verdict Pass => default;
}
