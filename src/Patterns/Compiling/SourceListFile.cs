using System.Text.Json.Serialization;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>A source list: what a pack is built from. Paths are relative to the list; <c>{NAME}/…</c> starts at a folder named on the command line.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SourceListFile
{
    /// <summary>The taxonomy of categories.</summary>
    public string? Categories { get; init; }

    /// <summary>The list of publicsuffix.org; without it a short built-in rule stands in.</summary>
    public string? PublicSuffixes { get; init; }

    /// <summary>Lists of names and addresses that no accusation may hit.</summary>
    public IReadOnlyList<string> NeverBlock { get; init => field = value ?? []; } = [];

    public required IReadOnlyList<SourceEntry> Sources { get; init; }
}
