namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>An imported version of a pack.</summary>
internal sealed class StoredPack
{
    public const int MaxNameLength = 64;
    public const int MaxVersionLength = 64;

    public long Id { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Digest of its signed front, and that file's name.</summary>
    public required string ManifestSha256 { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>Its sections together, uncompressed.</summary>
    public required long Bytes { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }
}
