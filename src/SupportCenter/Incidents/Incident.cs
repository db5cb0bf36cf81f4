using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Fleet;
using MediaSecurityLite.SupportCenter.Ingest;

namespace MediaSecurityLite.SupportCenter.Incidents;

/// <summary>What a human is told: everything that belongs to one cause, from its opening to its end.</summary>
internal sealed class Incident
{
    /// <summary>The number that customer and operator speak of.</summary>
    public long Id { get; init; }

    public required string GatewayId { get; init; }

    public FleetMember? Gateway { get; init; }

    public required IncidentKind Kind { get; init; }

    /// <summary>What makes further findings part of this incident; one incident of a key is open at a time.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    public IncidentClosing? Closing { get; set; }

    /// <summary>First and last sight: by the box's clock for detections, by the centre's for silence.</summary>
    public required DateTimeOffset FirstSeen { get; set; }

    public required DateTimeOffset LastSeen { get; set; }

    /// <summary>When its newest evidence came in, by the centre's clock.</summary>
    public required DateTimeOffset LastReceivedAt { get; set; }

    /// <summary>How often it was seen.</summary>
    public long Count { get; set; }

    /// <summary>Address of the terminal; null for a gateway's own incidents, as the following ones.</summary>
    public string? Terminal { get; set; }

    public string? TerminalMac { get; set; }

    /// <summary>Malware family; the rule where the family is unknown.</summary>
    public string? Family { get; init; }

    /// <summary>The worse of what was done: <see cref="DetectionAction.Detected"/> as soon as something passed.</summary>
    public DetectionAction? Action { get; set; }

    public List<StoredEvent> Evidence { get; } = [];
}
