using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Packs;

/// <summary>How far a pack got on a gateway, as stored: what is searched for stands in columns, the whole of it in <see cref="Payload"/>.</summary>
internal sealed class UpdateReport
{
    public long Id { get; init; }

    /// <summary>The event's own id, unique within its gateway.</summary>
    public required Guid EventId { get; init; }

    public required string GatewayId { get; init; }

    public required string Pack { get; init; }

    /// <summary>The version that it is about.</summary>
    public required string Version { get; init; }

    public required PatternsStep Step { get; init; }

    /// <summary>By the box's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>By the centre's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The <see cref="PatternsEvent"/> as JSON.</summary>
    public required string Payload { get; init; }
}
