using System.Text.Json;
using System.Text.Json.Serialization;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Catalogue;
using MediaSecurityLite.Patterns.Compiling;

namespace MediaSecurityLite.Patterns;

/// <summary>The JSON of packs, source lists and reports; generated serialisers (no reflection on the box).</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PackManifest))]
[JsonSerializable(typeof(CatalogueDocument))]
[JsonSerializable(typeof(ApplicationFile))]
[JsonSerializable(typeof(CategoryFile))]
[JsonSerializable(typeof(SourceListFile))]
[JsonSerializable(typeof(BuildReport))]
internal sealed partial class PatternsJson : JsonSerializerContext;
