using System.Text.Json.Serialization;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Feeds;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>A source of a list.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SourceEntry
{
    /// <summary>Where the list does not say it: ten minutes.</summary>
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Where the list does not say it: 256 MiB.</summary>
    internal const long DefaultMaxBytes = 256L * 1024 * 1024;

    internal const double DefaultMaxShrink = 0.5;

    internal const double DefaultMaxGrowth = 2;

    /// <summary>How labels, events and explanations name it.</summary>
    public required string Id { get; init; }

    public required FeedFormat Format { get; init; }

    /// <summary>The file or folder.</summary>
    public required string Path { get; init; }

    /// <summary>Where <c>mslpat fetch</c> gets it (https); null for one that is put there by other means.</summary>
    public string? Url { get; init; }

    /// <summary>How long a copy is good before the server is asked again: <c>01:00:00</c> is an hour, <c>1.00:00:00</c> a day.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>How long a download may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many bytes a download may have.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>By what part of its entries a new copy may be smaller than the last good one: 0.5 for half.</summary>
    public double? MaxShrink { get; init; }

    /// <summary>By what part of its entries a new copy may be larger than the last good one: 1 for twice as many.</summary>
    public double? MaxGrowth { get; init; }

    /// <summary>False for a source that is only written down: its terms are not cleared, or a key is needed.</summary>
    public bool? Enabled { get; init; }

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
