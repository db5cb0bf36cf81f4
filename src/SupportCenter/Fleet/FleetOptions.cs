namespace MediaSecurityLite.SupportCenter.Fleet;

/// <summary>When a gateway counts as offline.</summary>
internal sealed class FleetOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Silence after which a gateway is offline and its customer is told.</summary>
    public TimeSpan OfflineAfter { get; set; } = TimeSpan.FromMinutes(15);

    public IEnumerable<string> Validate()
    {
        if (OfflineAfter < Shortest || OfflineAfter > Longest)
        {
            yield return $"Fleet:OfflineAfter must be {Shortest} to {Longest}, not {OfflineAfter}";
        }
    }
}
