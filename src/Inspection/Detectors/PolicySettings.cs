namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>How a function acts on what it finds.</summary>
public enum FunctionMode : byte
{
    /// <summary>Does not look.</summary>
    Off,

    /// <summary>Finds and reports, never blocks.</summary>
    Monitor,

    /// <summary>Finds, reports and blocks.</summary>
    On,
}

/// <summary>What a contract's policy asks of the detectors, as an operator wrote it. <see cref="PolicySet.TryCompile"/> makes it usable.</summary>
public sealed record PolicySettings
{
    /// <summary>The customer's allow and block lists.</summary>
    public FunctionMode UrlLists { get; init; } = FunctionMode.On;

    /// <summary>Rules for what is never blocked by URL, category or application. Syntax: <see cref="UrlRule"/>.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Rules for what is blocked.</summary>
    public IReadOnlyList<string> Block { get; init; } = [];

    /// <summary>Blocked categories.</summary>
    public FunctionMode Categories { get; init; } = FunctionMode.On;

    /// <summary>Category ids of the pattern pack.</summary>
    public IReadOnlyList<string> BlockedCategories { get; init; } = [];

    /// <summary>Blocked applications.</summary>
    public FunctionMode Applications { get; init; } = FunctionMode.On;

    /// <summary>Application ids of the pattern pack.</summary>
    public IReadOnlyList<string> BlockedApplications { get; init; } = [];

    /// <summary>Terminals talking to C&amp;C servers.</summary>
    public FunctionMode CommandAndControl { get; init; } = FunctionMode.On;
}
