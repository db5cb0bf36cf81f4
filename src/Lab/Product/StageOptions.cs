using MediaSecurityLite.Contracts;
using MediaSecurityLite.Lab.Scenarios;

namespace MediaSecurityLite.Lab.Product;

/// <summary>What differs between the demo and tests.</summary>
internal sealed record StageOptions
{
    /// <summary>Of a gateway in a lab: <c>monitor</c> or <c>router</c>. One that plays a capture monitors.</summary>
    public string Mode { get; init; } = "monitor";

    /// <summary>As delivered: 60 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>As delivered: 15 minutes.</summary>
    public TimeSpan OfflineAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Taken if it is free; 0 for any.</summary>
    public int ConsolePort { get; init; }

    /// <summary>Blocks the category and the application that the scenarios visit.</summary>
    public PolicyDocument Policy { get; init; } = new()
    {
        Version = 1,
        Categories = new CategoryPolicy { Block = [Sites.BlockedCategory] },
        Applications = new ApplicationPolicy { Block = [Sites.BlockedApplication] },
    };
}
