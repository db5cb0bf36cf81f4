using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Incidents;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;

namespace MediaSecurityLite.SupportCenter.Console;

/// <summary>All that the page shows, read in one go.</summary>
public sealed record DashboardView(
    DateTimeOffset ReadAt,
    IReadOnlyList<GatewayView> Gateways,
    int GatewayCount,
    int OnlineCount,
    int OfflineCount,
    IReadOnlyList<IncidentView> Incidents,
    int IncidentCount,
    int OpenIncidentCount,
    IReadOnlyList<RolloutView> Rollouts,
    IReadOnlyList<EventView> Events,
    int EventsToday);

/// <summary>How a gateway stands.</summary>
public enum GatewayState
{
    /// <summary>Silent for too long; its customer was told.</summary>
    Offline,

    /// <summary>Its session ended a short while ago.</summary>
    Interrupted,

    /// <summary>Registered, never heard of.</summary>
    Waiting,

    /// <summary>All is well.</summary>
    Online,
}

/// <summary>A gateway's row.</summary>
public sealed record GatewayView(
    string Id, string Name, GatewayState State, DateTimeOffset? LastSeenAt, string? AgentVersion, string? PackVersion, string? Mode);

/// <summary>A rollout's row.</summary>
public sealed record RolloutView(
    long Id,
    string Pack,
    string Version,
    string Channel,
    RolloutState State,
    int Share,
    DateTimeOffset Since,
    int Installed,
    int Refused,
    int RolledBack,
    RolloutStop? StopCause,
    long? StopFound,
    double? StopMeasure);

/// <summary>How the mail of an incident stands.</summary>
public enum MailState
{
    /// <summary>In the queue.</summary>
    Pending,

    /// <summary>Handed over.</summary>
    Sent,

    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>An incident with its newest evidence.</summary>
public sealed record IncidentView(
    long Id,
    string GatewayName,
    IncidentKind Kind,
    IncidentClosing? Closing,
    DateTimeOffset? ClosedAt,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    long Count,
    string? Terminal,
    string? TerminalMac,
    string? Family,
    DetectionAction? Action,
    MailState? Mail,
    DateTimeOffset? MailSentAt,
    int EvidenceCount,
    IReadOnlyList<EventView> Evidence);

/// <summary>A detection's row.</summary>
public sealed record EventView(long Id, string GatewayName, DateTimeOffset OccurredAt, DetectionEvent Detection);
