namespace MediaSecurityLite.SupportCenter.Incidents;

/// <summary>How long an incident stays open.</summary>
internal sealed class IncidentOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>
    /// Time without a further detection after which a C&amp;C incident closes, so that a later infection by the same family
    /// is a new incident and is mailed again.
    /// </summary>
    public TimeSpan QuietAfter { get; set; } = TimeSpan.FromDays(1);

    public IEnumerable<string> Validate()
    {
        if (QuietAfter < Shortest || QuietAfter > Longest)
        {
            yield return $"Incidents:QuietAfter must be {Shortest} to {Longest}, not {QuietAfter}";
        }
    }
}
