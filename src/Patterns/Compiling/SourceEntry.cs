using System.Text.Json.Serialization;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>A source of a list.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SourceEntry
{
    /// <summary>How labels, events and explanations name it.</summary>
    public required string Id { get; init; }

    public required FeedFormat Format { get; init; }

    /// <summary>The file or folder.</summary>
    public required string Path { get; init; }

    /// <summary>What people call it; the id where it is absent.</summary>
    public string? Title { get; init; }

    /// <summary>The terms it may be used under.</summary>
    public required string Licence { get; init; }

    /// <summary>Where it is published.</summary>
    public string? Origin { get; init; }

    /// <summary>How far it is trusted; medium where absent.</summary>
    public SourceConfidence? Confidence { get; init; }

    /// <summary>Entries of which the source itself is less sure are dropped: 0 to 100, where the format says it.</summary>
    public int? MinConfidence { get; init; }

    /// <summary>What all entries stand for; short for one rule.</summary>
    public PatternKind? Kind { get; init; }

    /// <summary>With <see cref="Kind"/>: category, application or family.</summary>
    public string? Name { get; init; }

    /// <summary>What the entries of its files stand for.</summary>
    public IReadOnlyList<LabelRule> Rules { get; init => field = value ?? []; } = [];

    /// <summary>Lists of names and addresses that entries of this source may not hit, such as the feed's own exceptions.</summary>
    public IReadOnlyList<string> Except { get; init => field = value ?? []; } = [];
}
