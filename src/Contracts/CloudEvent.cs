using System.Text.Json.Serialization;

namespace MediaSecurityLite.Contracts;

/// <summary>The envelope of everything published: CloudEvents 1.0, JSON format, structured mode.</summary>
/// <typeparam name="T">The payload.</typeparam>
public sealed record CloudEvent<T>
{
    /// <summary>Always <c>1.0</c>.</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion { get; init; } = "1.0";

    /// <summary>Made on the box (UUIDv7) when the event is written to the outbox; whoever receives it twice stores it once.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who says it: <c>/gateways/{id}</c>.</summary>
    public required string Source { get; init; }

    /// <summary><see cref="EventTypes.Prefix"/> and the event type.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened, by the box's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Always <c>application/json</c>.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; init; } = "application/json";

    /// <summary>The payload.</summary>
    public required T Data { get; init; }
}
