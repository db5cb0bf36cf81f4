using System.Text.Json.Serialization;

namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>A category of web sites.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Category
{
    public required string Id { get; init; }

    public required LocalizedName Name { get; init; }

    /// <summary>
    /// The category accuses a site of harm (malware, phishing): its entries pass the same tests as C&amp;C indicators, because a
    /// wrong one would be blocked for everybody.
    /// </summary>
    public bool Security { get; init; }

    /// <summary>The categories of UT1 whose entries belong here.</summary>
    public IReadOnlyList<string> Ut1 { get; init => field = value ?? []; } = [];
}
