using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>Topic and payload → arrival. Never throws for what a gateway sends: what cannot be read becomes a dead letter.</summary>
internal static class MessageReader
{
    /// <summary>The largest payload; the contracts' largest field (a URL) leaves it some twenty times larger than needed.</summary>
    public const int MaxPayloadLength = 64 * 1024;

    private const int MaxTopicLength = 256;

    public static Arrival Read(GatewayId gateway, string topic, ReadOnlySequence<byte> payload)
    {
        if (payload.Length > MaxPayloadLength)
        {
            return Dead(gateway, topic, DeadLetterReason.TooLarge, payload);
        }

        var (arrival, reason) = ReadKnown(gateway, topic, payload);
        return arrival ?? Dead(gateway, topic, reason, payload);
    }

    private static (Arrival? Arrival, DeadLetterReason Reason) ReadKnown(GatewayId gateway, string topic, ReadOnlySequence<byte> payload)
    {
        if (topic == Topics.Event(gateway, EventTypes.Detection))
        {
            var (envelope, reason) = Parse(gateway, EventTypes.Detection, payload, ContractsJson.Default.CloudEventDetectionEvent);
            if (envelope is null)
            {
                return (null, reason);
            }

            var detection = DetectionCheck.Clean(envelope.Data);
            return detection is null
                ? (null, DeadLetterReason.InvalidField)
                : (new DetectionArrival(gateway, envelope with { Data = detection }), default);
        }

        if (topic == Topics.Event(gateway, EventTypes.Patterns))
        {
            var (envelope, reason) = Parse(gateway, EventTypes.Patterns, payload, ContractsJson.Default.CloudEventPatternsEvent);
            if (envelope is null)
            {
                return (null, reason);
            }

            var report = PatternsCheck.Clean(envelope.Data);
            return report is null
                ? (null, DeadLetterReason.InvalidField)
                : (new UpdateArrival(gateway, envelope with { Data = report }), default);
        }

        if (topic == Topics.Heartbeat(gateway))
        {
            var (envelope, reason) = Parse(gateway, EventTypes.Heartbeat, payload, ContractsJson.Default.CloudEventHeartbeat);
            return (envelope is null ? null : new HeartbeatArrival(gateway, HeartbeatCheck.Clean(envelope.Data)), reason);
        }

        if (topic == Topics.Presence(gateway))
        {
            var (envelope, reason) = Parse(gateway, EventTypes.Presence, payload, ContractsJson.Default.CloudEventPresence);
            return (envelope is null ? null : new PresenceArrival(gateway, envelope.Data.Online), reason);
        }

        return (null, DeadLetterReason.UnknownTopic);
    }

    private static (CloudEvent<T>? Envelope, DeadLetterReason Reason) Parse<T>(
        GatewayId gateway, string type, ReadOnlySequence<byte> payload, JsonTypeInfo<CloudEvent<T>> shape)
    {
        CloudEvent<T>? envelope;
        try
        {
            var reader = new Utf8JsonReader(payload);
            envelope = JsonSerializer.Deserialize(ref reader, shape);
            if (reader.BytesConsumed != payload.Length && HasMore(ref reader))
            {
                return (null, DeadLetterReason.Malformed);
            }
        }
        catch (JsonException)
        {
            return (null, DeadLetterReason.Malformed);
        }

        if (envelope is null || envelope.SpecVersion != "1.0" || envelope.Id == Guid.Empty)
        {
            return (null, DeadLetterReason.Malformed);
        }

        if (envelope.Source != EventTypes.SourceOf(gateway))
        {
            return (null, DeadLetterReason.ForeignSource);
        }

        return envelope.Type == EventTypes.Prefix + type ? (envelope, default) : (null, DeadLetterReason.WrongType);
    }

    // Throws JsonException for anything but white space after the value.
    private static bool HasMore(ref Utf8JsonReader reader) => reader.Read();

    private static DeadArrival Dead(GatewayId gateway, string topic, DeadLetterReason reason, ReadOnlySequence<byte> payload)
    {
        var kept = payload.Slice(0, Math.Min(payload.Length, DeadLetter.MaxPayloadLength)).ToArray();
        return new DeadArrival(gateway, Language.UntrustedText.Line(topic, MaxTopicLength), reason, kept, payload.Length);
    }
}
