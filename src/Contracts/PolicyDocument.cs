using System.Text.Json.Serialization;

namespace MediaSecurityLite.Contracts;

/// <summary>How a function of the policy acts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FunctionMode>))]
public enum FunctionMode
{
    /// <summary>Finds and stops.</summary>
    On,

    /// <summary>Finds and reports, never stops.</summary>
    Monitor,

    /// <summary>Does not look.</summary>
    Off,
}

/// <summary>A contract's settings. Version 0 is the policy "as delivered": the C&amp;C function on, nothing else blocked.</summary>
/// <remarks>
/// A member that the JSON leaves out has its default. The generated serialiser hands null to the init accessor of such a
/// member instead of leaving its initialiser alone; hence the accessors below.
/// </remarks>
public sealed record PolicyDocument
{
    /// <summary>Grows with every change.</summary>
    public long Version { get; init; }

    /// <summary>The customer's URL lists. Order of decision: allow, block, category.</summary>
    public UrlListPolicy UrlLists { get; init => field = value ?? new(); } = new();

    /// <summary>Categories of web sites.</summary>
    public CategoryPolicy Categories { get; init => field = value ?? new(); } = new();

    /// <summary>Applications.</summary>
    public ApplicationPolicy Applications { get; init => field = value ?? new(); } = new();

    /// <summary>Terminals talking to C&amp;C servers.</summary>
    public CommandAndControlPolicy CommandAndControl { get; init => field = value ?? new(); } = new();
}

/// <summary>
/// The customer's URL lists. A rule is <c>host</c> (the host and its subdomains), <c>*.host</c> (subdomains only) or either
/// with a path, where <c>*</c> stands for any run of characters: <c>example.co.jp/game/*</c>.
/// </summary>
public sealed record UrlListPolicy
{
    /// <summary>How the function acts.</summary>
    public FunctionMode Mode { get; init; } = FunctionMode.On;

    /// <summary>Never blocked by URL, category or application rules.</summary>
    public IReadOnlyList<string> Allow { get; init => field = value ?? []; } = [];

    /// <summary>Blocked.</summary>
    public IReadOnlyList<string> Block { get; init => field = value ?? []; } = [];
}

/// <summary>Blocked categories.</summary>
public sealed record CategoryPolicy
{
    /// <summary>How the function acts.</summary>
    public FunctionMode Mode { get; init; } = FunctionMode.On;

    /// <summary>Category ids, as in the pattern pack.</summary>
    public IReadOnlyList<string> Block { get; init => field = value ?? []; } = [];
}

/// <summary>Blocked applications.</summary>
public sealed record ApplicationPolicy
{
    /// <summary>How the function acts.</summary>
    public FunctionMode Mode { get; init; } = FunctionMode.On;

    /// <summary>Application ids, as in the pattern pack.</summary>
    public IReadOnlyList<string> Block { get; init => field = value ?? []; } = [];
}

/// <summary>C&amp;C detection.</summary>
public sealed record CommandAndControlPolicy
{
    /// <summary>How the function acts.</summary>
    public FunctionMode Mode { get; init; } = FunctionMode.On;
}
