using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Outbox;
using MQTTnet;
using MQTTnet.Protocol;

namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>What the session publishes, each as a message ready to send: QoS 1, JSON.</summary>
internal sealed class CloudMessages(GatewayId gateway, TimeProvider time)
{
    private const string ContentType = "application/cloudevents+json";

    public string PresenceTopic => Topics.Presence(gateway);

    public MqttApplicationMessage Event(StoredEvent item) =>
        Message(Topics.Event(gateway, item.Type), item.Payload, retain: false);

    public MqttApplicationMessage Heartbeat(Heartbeat heartbeat) => Message(
        Topics.Heartbeat(gateway),
        CloudEvent("heartbeat", heartbeat, ContractsJson.Default.CloudEventHeartbeat),
        retain: false);

    public MqttApplicationMessage Presence(bool online) => Message(PresenceTopic, PresencePayload(online), retain: true);

    public byte[] PresencePayload(bool online) =>
        CloudEvent("presence", new Presence { Online = online }, ContractsJson.Default.CloudEventPresence);

    private byte[] CloudEvent<T>(string type, T data, JsonTypeInfo<CloudEvent<T>> json)
    {
        var now = time.GetUtcNow();
        var cloudEvent = new CloudEvent<T>
        {
            Id = Guid.CreateVersion7(now),
            Source = EventTypes.SourceOf(gateway),
            Type = EventTypes.Prefix + type,
            Time = now,
            Data = data,
        };
        return JsonSerializer.SerializeToUtf8Bytes(cloudEvent, json);
    }

    private static MqttApplicationMessage Message(string topic, byte[] payload, bool retain) =>
        new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload)
            .WithContentType(ContentType)
            .WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
}
