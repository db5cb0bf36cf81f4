namespace MediaSecurityLite.Lab.Scenarios;

/// <summary>What became of a visit.</summary>
internal enum VisitOutcome
{
    /// <summary>The site answered.</summary>
    Reached,

    /// <summary>The gateway's page came instead.</summary>
    BlockPage,

    /// <summary>The connection was refused or reset, or the name does not exist.</summary>
    Refused,
}
