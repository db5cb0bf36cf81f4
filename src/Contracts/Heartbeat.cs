namespace MediaSecurityLite.Contracts;

/// <summary>The box's regular sign of life. Numbers count since the agent's start.</summary>
public sealed record Heartbeat
{
    /// <summary>Version of the agent.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public required string AgentVersion { get; init; }

    /// <summary>When the agent started, by the box's clock.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Seconds until the next heartbeat is due.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required int IntervalSeconds { get; init; }

    /// <summary><c>monitor</c> or <c>inline</c>.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required string Mode { get; init; }

    /// <summary>Version of the pattern pack in force; null without one.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public string? PackVersion { get; init; }

    /// <summary>The pattern packs in force; empty without one.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public IReadOnlyList<PackInForce> Packs { get; init => field = value ?? []; } = [];

    /// <summary>Version of the policy in force.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public required long PolicyVersion { get; init; }

    /// <summary>Frames inspected.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required long Packets { get; init; }

    /// <summary>Frames the kernel or the capture lost before they could be inspected.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required long Dropped { get; init; }

    /// <summary>Flows open now.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required long ActiveFlows { get; init; }

    /// <summary>Detections made.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required long Detections { get; init; }

    /// <summary>Events waiting in the outbox.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required long OutboxQueued { get; init; }

    /// <summary>Events the outbox had to give up.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required long OutboxDropped { get; init; }
}

/// <summary>A pattern pack in force.</summary>
public sealed record PackInForce
{
    /// <summary>The pack's name.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public required string Version { get; init; }

    /// <summary>Seconds since it was made, by the box's clock.</summary>
    [Consent(ConsentItem.LicenceAndUpdate)]
    public required long AgeSeconds { get; init; }
}

/// <summary>Retained: whether the gateway's session with the broker stands.</summary>
public sealed record Presence
{
    /// <summary>False in the last will.</summary>
    [Consent(ConsentItem.SecurityIndicator)]
    public required bool Online { get; init; }
}
