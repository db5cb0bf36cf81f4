namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>What reasons mean for the report.</summary>
internal static class DropReasons
{
    /// <summary>Nothing is wrong with such an entry; it is counted, not complained about.</summary>
    public static bool IsSilent(this DropReason reason) => 
        reason is DropReason.Duplicate or DropReason.Covered or DropReason.Excepted or DropReason.Cosmetic or DropReason.LowConfidence;
}
