using System.Text.Json.Serialization;

namespace MediaSecurityLite.PatternTool.Fetching;

/// <summary>What is remembered of a source's last good copy, in a file beside it.</summary>
internal sealed record FetchState
{
    /// <summary>As the server named this version.</summary>
    public string? ETag { get; init; }

    /// <summary>When the server says it changed.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>When the server was last asked and answered.</summary>
    public required DateTimeOffset Checked { get; init; }

    /// <summary>Entries that the copy's reader found usable.</summary>
    public required int Entries { get; init; }
}

/// <summary>The JSON of the state; generated (no reflection).</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FetchState))]
internal sealed partial class FetchJson : JsonSerializerContext;
