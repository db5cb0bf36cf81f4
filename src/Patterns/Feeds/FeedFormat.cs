namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>The formats that can be read.</summary>
public enum FeedFormat
{
    /// <summary>Maltrail's trails: names, addresses, addresses with port, URLs.</summary>
    Trails,

    /// <summary>One name or address per line.</summary>
    Domains,

    /// <summary>A hosts file.</summary>
    Hosts,

    /// <summary>A folder of the University of Toulouse's lists.</summary>
    Ut1,

    /// <summary>Our catalogue of applications.</summary>
    Applications,
}
