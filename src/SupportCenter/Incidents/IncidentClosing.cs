namespace MediaSecurityLite.SupportCenter.Incidents;

/// <summary>How an incident came to its end.</summary>
public enum IncidentClosing
{
    /// <summary>The silent gateway is back.</summary>
    Returned,

    /// <summary>Nothing more was seen for a while.</summary>
    Quiet,

    /// <summary>An operator closed it.</summary>
    Operator,
}
