namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>What a source may ask of the machine that builds; the largest real feeds have a tenth of it.</summary>
internal static class EntryLimits
{
    /// <summary>Entries of one source.</summary>
    public const int MaxEntries = 20_000_000;

    /// <summary>Distinct labels (families, categories) of a pack.</summary>
    public const int MaxLabels = 100_000;
}
