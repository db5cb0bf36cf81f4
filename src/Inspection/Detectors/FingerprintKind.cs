namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>What a fingerprint was taken of. The numbers are part of pattern packs.</summary>
public enum FingerprintKind : byte
{
    /// <summary>A TLS client's hello: the MD5 of JA3's text, 16 bytes.</summary>
    Ja3 = 1,

    /// <summary>A TLS client's hello: FoxIO's JA4, 36 characters.</summary>
    Ja4 = 2,

    /// <summary>A server's certificate: the SHA-1 of its DER, 20 bytes.</summary>
    Certificate = 3,
}
