namespace MediaSecurityLite.Inspection.Files;

/// <summary>Bounds on files that pass.</summary>
public sealed record FileTrackingOptions
{
    /// <summary>A longer file is counted on but not hashed beyond this many bytes: it is reported as truncated, without a digest.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Files followed at the same time; a further one passes untracked and is counted.</summary>
    public int MaxOpen { get; init; } = 8192;
}
