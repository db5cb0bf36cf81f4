using System.Text.Json.Serialization;

namespace MediaSecurityLite.Contracts;

/// <summary>How far a source of patterns is trusted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SourceConfidence>))]
public enum SourceConfidence
{
    /// <summary>Entries are often wrong or out of date.</summary>
    Low,

    /// <summary>Collected with care, entries may be out of date.</summary>
    Medium,

    /// <summary>Checked one by one.</summary>
    High,
}
