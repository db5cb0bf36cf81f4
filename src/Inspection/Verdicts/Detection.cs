using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Verdicts;

/// <summary>Which function of the product made a detection.</summary>
public enum DetectionKind : byte
{
    /// <summary>A terminal talked to a C&amp;C server.</summary>
    CommandAndControl,

    /// <summary>A rule of the customer's block list.</summary>
    Url,

    /// <summary>A blocked category.</summary>
    Category,

    /// <summary>A blocked application.</summary>
    Application,

    /// <summary>Malware passed, or a program that is malware talked.</summary>
    Malware,
}

/// <summary>
/// A detection: which entry decided about which communication of which terminal. It is made once per flow and rule, not per
/// packet, and is immutable.
/// </summary>
public sealed record Detection
{
    /// <summary>Which function.</summary>
    public required DetectionKind Kind { get; init; }

    /// <summary>Block, or accept where the function only monitors.</summary>
    public required VerdictAction Action { get; init; }

    /// <summary>Family, category or application id; null for the customer's own rules.</summary>
    public string? Name { get; init; }

    /// <summary>The entry that decided, as written in its source.</summary>
    public required string Rule { get; init; }

    /// <summary>The feed the entry comes from, or <c>policy</c>.</summary>
    public required string RuleSource { get; init; }

    /// <summary>Version of the pattern pack that was in force.</summary>
    public required string PackVersion { get; init; }

    /// <summary>When, in nanoseconds since 1970-01-01 UTC.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The terminal behind the gateway: the side that opened the flow.</summary>
    public required IpAddress Terminal { get; init; }

    /// <summary>The terminal's port.</summary>
    public required ushort TerminalPort { get; init; }

    /// <summary>The terminal's hardware address (48 bits), 0 where the link has none.</summary>
    public ulong TerminalMac { get; init; }

    /// <summary>The other side. Where <see cref="IsLookup"/> holds, the resolver that was asked, not what the name stands for.</summary>
    public required IpAddress Remote { get; init; }

    /// <summary>The other side's port.</summary>
    public required ushort RemotePort { get; init; }

    /// <summary>The terminal only asked a resolver for <see cref="Host"/> (DNS): it has not yet talked to the server of that name.</summary>
    public bool IsLookup { get; init; }

    /// <summary>IP protocol number (6 TCP, 17 UDP).</summary>
    public required byte Protocol { get; init; }

    /// <summary>The host name the terminal asked for, where one was seen.</summary>
    public string? Host { get; init; }

    /// <summary>Path and query of an HTTP request.</summary>
    public string? Url { get; init; }

    /// <summary>The flow's number, unique within one inspector.</summary>
    public required long FlowId { get; init; }
}
