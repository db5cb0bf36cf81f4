namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>What an application means for an office that did not ask for it.</summary>
public enum ApplicationRisk
{
    /// <summary>Ordinary work.</summary>
    Low,

    /// <summary>Takes time or bandwidth, or can carry data out.</summary>
    Medium,

    /// <summary>Gives strangers a way in, hides traffic, or spreads files without control.</summary>
    High,
}
