using System.Text.Json.Serialization;

namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>What applications are for: chat, file sharing, video, …</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApplicationGroup
{
    public required string Id { get; init; }

    public required LocalizedName Name { get; init; }
}
