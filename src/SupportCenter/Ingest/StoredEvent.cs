using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Incidents;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>A detection as it was stored: what is searched for stands in columns, the whole of it in <see cref="Payload"/>.</summary>
internal sealed class StoredEvent
{
    public long Id { get; init; }

    /// <summary>The event's own id, unique within its gateway.</summary>
    public required Guid EventId { get; init; }

    public required string GatewayId { get; init; }

    public required DetectionKind Kind { get; init; }

    public required DetectionAction Action { get; init; }

    /// <summary>By the box's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>By the centre's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The <see cref="DetectionEvent"/> as JSON.</summary>
    public required string Payload { get; init; }

    public long? IncidentId { get; init; }

    /// <summary>The incident it is evidence of.</summary>
    public Incident? Incident { get; set; }
}
