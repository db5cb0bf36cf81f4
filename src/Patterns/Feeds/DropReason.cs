namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Why an entry of a feed is not in the pack.</summary>
public enum DropReason
{
    /// <summary>The same source has it before.</summary>
    Duplicate,

    /// <summary>An entry of the same source with the same meaning holds it: its parent domain, its address, a shorter path.</summary>
    Covered,

    /// <summary>Neither a name nor an address nor a URL.</summary>
    Malformed,

    /// <summary>Longer than a name or URL can be, or with too many labels or path segments.</summary>
    TooLong,

    /// <summary>Bytes that are no UTF-8 text.</summary>
    NotText,

    /// <summary>A regular expression.</summary>
    Expression,

    /// <summary>A name with a wildcard.</summary>
    Wildcard,

    /// <summary>A path that names no host: it would hit every site that has the same path.</summary>
    PathWithoutHost,

    /// <summary>A name with a port: without the port it would hit others who share the name.</summary>
    NameWithPort,

    /// <summary>A public suffix such as <c>co.jp</c>, or a name of one label.</summary>
    PublicSuffix,

    /// <summary>An address that is not on the internet: private, loopback, link-local, multicast.</summary>
    PrivateAddress,

    /// <summary>Hits a name or address that must never be blocked.</summary>
    NeverBlock,

    /// <summary>Hits an exception that the source itself or its reader makes.</summary>
    Excepted,

    /// <summary>The source list does not say what it stands for.</summary>
    Unmapped,

    /// <summary>A rule for the looks of a page: it hides what has arrived.</summary>
    Cosmetic,

    /// <summary>Holds under conditions that cannot be seen from outside, or is of a kind that is not on the wire: an option, a third-party rule, a mail address.</summary>
    Unsupported,

    /// <summary>Its source does not want it acted on: a name with a real address, a withdrawn indicator, one that is not meant for detection.</summary>
    NoBlock,

    /// <summary>Its source is less sure of it than the source list asks for.</summary>
    LowConfidence,

    /// <summary>A source with a higher confidence says that exactly this is something else.</summary>
    Conflict,
}
