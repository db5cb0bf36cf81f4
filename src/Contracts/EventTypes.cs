namespace MediaSecurityLite.Contracts;

/// <summary>The last topic level of an event; the CloudEvents <c>type</c> is <see cref="Prefix"/> and this.</summary>
public static class EventTypes
{
    /// <summary>Reverse-DNS prefix of the CloudEvents <c>type</c>.</summary>
    public const string Prefix = "jp.mslite.gateway.";

    /// <summary>A <see cref="DetectionEvent"/>.</summary>
    public const string Detection = "detection";

    /// <summary>A <see cref="PatternsEvent"/>.</summary>
    public const string Patterns = "patterns";

    /// <summary>A <see cref="Contracts.Heartbeat"/>; its topic is <see cref="Topics.Heartbeat"/>.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>A <see cref="Contracts.Presence"/>; its topic is <see cref="Topics.Presence"/>.</summary>
    public const string Presence = "presence";

    /// <summary>The CloudEvents <c>source</c> of a gateway.</summary>
    public static string SourceOf(GatewayId gateway) => $"/gateways/{gateway}";
}
