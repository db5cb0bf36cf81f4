namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>The formats that can be read.</summary>
public enum FeedFormat
{
    /// <summary>Maltrail's trails: names, addresses, addresses with port, URLs.</summary>
    Trails,

    /// <summary>One name or address per line.</summary>
    Domains,

    /// <summary>One <c>*.name</c> per line.</summary>
    Wildcards,

    /// <summary>A hosts file.</summary>
    Hosts,

    /// <summary>A list for ad blockers.</summary>
    Adblock,

    /// <summary>Settings for dnsmasq.</summary>
    Dnsmasq,

    /// <summary>Settings for Unbound.</summary>
    Unbound,

    /// <summary>One address or prefix per line.</summary>
    Addresses,

    /// <summary>A folder or tarball of the University of Toulouse's lists.</summary>
    Ut1,

    /// <summary>Exports of ThreatFox, URLhaus, Feodo Tracker, SSLBL, MalwareBazaar: CSV or JSON.</summary>
    AbuseCh,

    /// <summary>A feed of MISP: manifest and events.</summary>
    Misp,

    /// <summary>A bundle of STIX 2.1.</summary>
    Stix,

    /// <summary>JA3, JA4 and digests of certificates, one per line.</summary>
    Fingerprints,

    /// <summary>Digests of files: plain, or ClamAV's hdb and hsb.</summary>
    FileHashes,

    /// <summary>Rules for Suricata.</summary>
    SuricataRules,

    /// <summary>Our catalogue of applications.</summary>
    Applications,
}
