namespace MediaSecurityLite.PatternTool.Fetching;

/// <summary>What became of a source.</summary>
internal enum FetchResult
{
    /// <summary>There is a new copy.</summary>
    Updated,

    /// <summary>The server has nothing newer.</summary>
    Unchanged,

    /// <summary>It is not due yet.</summary>
    NotDue,

    /// <summary>The last good copy stays: the server failed, or what it gave was not believable.</summary>
    KeptLastGood,

    /// <summary>The same, and there is no copy.</summary>
    Missing,
}

/// <summary>What became of a source, and why.</summary>
/// <param name="Source">Its id.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Entries">Entries of the copy that is there now.</param>
/// <param name="Reason">Why it is not newer; null where it is.</param>
internal sealed record FetchOutcome(string Source, FetchResult Result, int Entries, string? Reason = null)
{
    public bool IsFailure => Result is FetchResult.KeptLastGood or FetchResult.Missing;
}
