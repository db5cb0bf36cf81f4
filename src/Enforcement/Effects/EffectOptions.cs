using System.Net;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>What terminals get to see of a block.</summary>
public sealed record EffectOptions
{
    /// <summary>Whom a person may ask, as the block page says it; empty for the network's administrator.</summary>
    public string Contact { get; init; } = "";

    /// <summary>What blocked names resolve to; with neither of the two, to nothing (NXDOMAIN).</summary>
    public IPAddress? SinkholeIPv4 { get; init; }

    /// <summary>The same for AAAA.</summary>
    public IPAddress? SinkholeIPv6 { get; init; }
}
