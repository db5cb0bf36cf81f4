namespace MediaSecurityLite.Inspection.Compression;

/// <summary>How a body is encoded (RFC 9110, 8.4.1).</summary>
internal enum ContentCoding : byte
{
    /// <summary>Not at all, or in a way that is not decoded.</summary>
    None,

    /// <summary><c>gzip</c> or <c>deflate</c>: servers mix the two up, so the first bytes decide (RFC 1952, RFC 1950, RFC 1951).</summary>
    Deflate,

    /// <summary><c>br</c> (RFC 7932).</summary>
    Brotli,
}
