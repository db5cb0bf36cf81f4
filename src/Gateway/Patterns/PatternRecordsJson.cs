using System.Text.Json;
using System.Text.Json.Serialization;
using MediaSecurityLite.Gateway.Updates;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>The files beside the packs.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SeenPack[]))]
[JsonSerializable(typeof(UpdateState))]
internal sealed partial class PatternRecordsJson : JsonSerializerContext;
