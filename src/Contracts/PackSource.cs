namespace MediaSecurityLite.Contracts;

/// <summary>A source that entries of a pattern pack come from.</summary>
public sealed record PackSource
{
    /// <summary>How labels name it.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The terms it may be used under, as an SPDX expression where there is one.</summary>
    public required string Licence { get; init; }

    /// <summary>Where it is published.</summary>
    public string? Origin { get; init; }

    /// <summary>How far it is trusted.</summary>
    public required SourceConfidence Confidence { get; init; }

    /// <summary>How many of its entries the pack holds.</summary>
    public required int Entries { get; init; }
}
