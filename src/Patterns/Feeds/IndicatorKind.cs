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

    /// <summary>Of a TLS client or a certificate; written <c>ja3:…</c>, <c>ja4:…</c>, <c>cert:…</c>.</summary>
    Fingerprint,

    /// <summary>The digest of a file; written <c>md5:…</c>, <c>sha1:…</c>, <c>sha256:…</c>.</summary>
    File,
}
