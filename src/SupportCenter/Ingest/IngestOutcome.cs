namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>What became of a message; only the last two must not be acknowledged.</summary>
internal enum IngestOutcome
{
    /// <summary>Committed.</summary>
    Stored,

    /// <summary>Was there already; the first one counts.</summary>
    Duplicate,

    /// <summary>Put aside with its reason; sending it again would not help.</summary>
    DeadLettered,

    /// <summary>The gateway is not registered, or no longer.</summary>
    Refused,

    /// <summary>The database cannot work at present; the gateway must send it again.</summary>
    Unavailable,
}
