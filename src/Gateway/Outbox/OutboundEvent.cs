using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>An event on its way to disk. It gets its id when it is written.</summary>
internal abstract class OutboundEvent(string type, Urgency urgency, DateTimeOffset time)
{
    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public string Type { get; } = type;

    public Urgency Urgency { get; } = urgency;

    public DateTimeOffset Time { get; } = time;

    public abstract byte[] Serialize(Guid id, GatewayId gateway);
}

internal sealed class OutboundEvent<T>(
    string type, Urgency urgency, DateTimeOffset time, T data, JsonTypeInfo<CloudEvent<T>> json)
    : OutboundEvent(type, urgency, time)
{
    public T Data { get; } = data;

    public override byte[] Serialize(Guid id, GatewayId gateway) => JsonSerializer.SerializeToUtf8Bytes(
        new CloudEvent<T>
        {
            Id = id,
            Source = EventTypes.SourceOf(gateway),
            Type = EventTypes.Prefix + Type,
            Time = Time,
            Data = Data,
        },
        json);
}
