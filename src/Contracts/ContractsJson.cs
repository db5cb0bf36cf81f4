using System.Text.Json;
using System.Text.Json.Serialization;

namespace MediaSecurityLite.Contracts;

/// <summary>How the contracts are written as JSON: camel case, nulls left out, generated serialisers (no reflection on the box).</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CloudEvent<DetectionEvent>))]
[JsonSerializable(typeof(CloudEvent<Heartbeat>))]
[JsonSerializable(typeof(CloudEvent<Presence>))]
[JsonSerializable(typeof(CloudEvent<PatternsEvent>))]
[JsonSerializable(typeof(PolicyDocument))]
[JsonSerializable(typeof(PackAnnouncement))]
[JsonSerializable(typeof(PackManifest))]
[JsonSerializable(typeof(RootDocument))]
[JsonSerializable(typeof(SignedRoot))]
public sealed partial class ContractsJson : JsonSerializerContext;
