namespace MediaSecurityLite.Gateway.Outbox;

/// <summary>An event that is safe on disk: its id, its type and the CloudEvent as it goes over the wire.</summary>
internal sealed record StoredEvent(string Id, string Type, byte[] Payload);
