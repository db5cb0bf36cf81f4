namespace MediaSecurityLite.Contracts;

/// <summary>
/// What a pattern pack consists of. The manifest is what is signed; it holds the digest of every section, so that a section can
/// be fetched, kept and compared by its digest alone.
/// </summary>
public sealed record PackManifest
{
    /// <summary>The layout that this manifest describes.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The layout; a reader refuses one that it does not know.</summary>
    public required int Format { get; init; }

    /// <summary>Which pack this is a version of: 1 to 64 of <c>a-z 0-9 -</c>. Only versions of one name replace each other.</summary>
    public required string Name { get; init; }

    /// <summary>Grows with every pack: up to four numbers with dots between, <c>2026.11.22.3</c>.</summary>
    public required string Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>After this it is no longer taken for the newest: it is not installed any more, but stays where it is in force.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The sections, in the order in which a pack file holds them. A reader passes over names that it does not know.</summary>
    public required IReadOnlyList<PackSection> Sections { get; init; }

    /// <summary>Where the entries come from.</summary>
    public required IReadOnlyList<PackSource> Sources { get; init; }
}
