namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>The forms that entries have.</summary>
internal enum IndicatorKind
{
    /// <summary>A domain with its subdomains.</summary>
    Name,

    /// <summary>An address, or a prefix of addresses.</summary>
    Address,

    /// <summary>An address with a port.</summary>
    Endpoint,

    /// <summary>A host with the start of a path.</summary>
    Url,
}
