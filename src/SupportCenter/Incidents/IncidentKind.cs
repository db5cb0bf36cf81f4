namespace MediaSecurityLite.SupportCenter.Incidents;

/// <summary>What an incident is about.</summary>
public enum IncidentKind
{
    /// <summary>A terminal talks to a C&amp;C server.</summary>
    CommandAndControl,

    /// <summary>A gateway is silent.</summary>
    Offline,
}
