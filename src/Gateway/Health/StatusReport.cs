using System.Text.Json.Serialization;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>What the agent does now, as <c>mslgw status --json</c> prints it. Numbers count since the agent's start.</summary>
internal sealed record StatusReport
{
    public required string GatewayId { get; init; }

    public required string Version { get; init; }

    /// <summary><c>monitor</c> or <c>inline</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Where frames come from: an interface or a file; inline, as what the box stands in the line.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required long UptimeSeconds { get; init; }

    public required long Packets { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Frames that the kernel or the capture lost before inspection.</summary>
    public required long Dropped { get; init; }

    /// <summary>Packets that did not pass; always 0 in monitor mode.</summary>
    public required long Blocked { get; init; }

    public required long ActiveFlows { get; init; }

    public required long Detections { get; init; }

    public required long OutboxMade { get; init; }

    public required long OutboxRecovered { get; init; }

    public required long OutboxDelivered { get; init; }

    public required long OutboxQueued { get; init; }

    public required long OutboxDropped { get; init; }

    public required bool CloudConnected { get; init; }

    public DateTimeOffset? CloudSince { get; init; }

    public string? CloudReason { get; init; }

    /// <summary>The newest pack's version; null without a pack.</summary>
    public string? PackVersion { get; init; }

    public required IReadOnlyList<PackStatus> Packs { get; init; }

    public required long PolicyVersion { get; init; }

    /// <summary>What is wrong with the policy file, if the one in force is an older one.</summary>
    public string? PolicyFault { get; init; }
}

/// <summary>A pack in the folder: in force, or refused and why.</summary>
internal sealed record PackStatus(string File, string? Version, string? Fault)
{
    /// <summary>The pack's name; null where it is not in force.</summary>
    public string? Name { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; init; }
}

[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
