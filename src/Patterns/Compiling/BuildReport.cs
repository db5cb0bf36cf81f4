namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>What a build read, kept and dropped.</summary>
public sealed record BuildReport
{
    public required string Version { get; init; }

    public required IReadOnlyList<SourceReport> Sources { get; init; }

    /// <summary>Distinct entries of the pack; one that several sources have counts once.</summary>
    public required int Names { get; init; }

    /// <summary>Addresses, with or without a port.</summary>
    public required int Endpoints { get; init; }

    public required int Prefixes { get; init; }

    public required int Urls { get; init; }

    public required int Fingerprints { get; init; }

    /// <summary>Digests of files.</summary>
    public required int Files { get; init; }

    /// <summary>Rules for the rule engine.</summary>
    public required int Rules { get; init; }

    public required long PackBytes { get; init; }

    /// <summary>Bytes of the table of names.</summary>
    public required long NameBytes { get; init; }
}
