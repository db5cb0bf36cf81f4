namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>How a version of QUIC is read.</summary>
internal enum QuicDialect : byte
{
    /// <summary>Not a version that can be read.</summary>
    None,

    /// <summary>RFC 9000 and its drafts from 22 on: encrypted Initial packets with a TLS hello in CRYPTO frames.</summary>
    Ietf,

    /// <summary>Google's Q024 to Q043: a header of their own, the hello in clear.</summary>
    GoogleOld,

    /// <summary>Google's Q044 to Q049: a long header, the hello in clear.</summary>
    GoogleClear,

    /// <summary>Google's Q050: encrypted Initial packets with a hello of Google's own.</summary>
    GoogleEncrypted,
}

/// <summary>Versions as they stand on the wire, and what the keys of their Initial packets are made from.</summary>
internal static class QuicVersion
{
    public const uint Negotiation = 0;
    public const uint V1 = 0x0000_0001;

    /// <summary>RFC 9369, which also gives the packet types other numbers.</summary>
    public const uint V2 = 0x6B33_43CF;

    private const uint Draft = 0xFF00_0000;
    private const uint Mvfst22 = 0xFACE_B001;
    private const uint Mvfst = 0xFACE_B000;
    private const uint Q050 = 0x5130_3530;
    private const uint T050 = 0x5430_3530;
    private const uint T051 = 0x5430_3531;

    /// <summary>RFC 9001, 5.2; the same since draft 33.</summary>
    private static ReadOnlySpan<byte> SaltV1 =>
        [0x38, 0x76, 0x2C, 0xF7, 0xF5, 0x59, 0x34, 0xB3, 0x4D, 0x17, 0x9A, 0xE6, 0xA4, 0xC8, 0x0C, 0xAD, 0xCC, 0xBB, 0x7F, 0x0A];

    /// <summary>RFC 9369, 3.3.1.</summary>
    private static ReadOnlySpan<byte> SaltV2 =>
        [0x0D, 0xED, 0xE3, 0xDE, 0xF7, 0x00, 0xA6, 0xDB, 0x81, 0x93, 0x81, 0xBE, 0x6E, 0x26, 0x9D, 0xCB, 0xF9, 0xBD, 0x2E, 0xD9];

    /// <summary>draft-ietf-quic-tls-29 to 32.</summary>
    private static ReadOnlySpan<byte> SaltDraft29 =>
        [0xAF, 0xBF, 0xEC, 0x28, 0x99, 0x93, 0xD2, 0x4C, 0x9E, 0x97, 0x86, 0xF1, 0x9C, 0x61, 0x11, 0xE0, 0x43, 0x90, 0xA8, 0x99];

    /// <summary>draft-ietf-quic-tls-23 to 28.</summary>
    private static ReadOnlySpan<byte> SaltDraft23 =>
        [0xC3, 0xEE, 0xF7, 0x12, 0xC7, 0x2E, 0xBB, 0x5A, 0x11, 0xA7, 0xD2, 0x43, 0x2B, 0xB4, 0x63, 0x65, 0xBE, 0xF9, 0xF5, 0x02];

    /// <summary>draft-ietf-quic-tls-21 and 22.</summary>
    private static ReadOnlySpan<byte> SaltDraft22 =>
        [0x7F, 0xBC, 0xDB, 0x0E, 0x7C, 0x66, 0xBB, 0xE9, 0x19, 0x3A, 0x96, 0xCD, 0x21, 0x51, 0x9E, 0xBD, 0x7A, 0x02, 0x64, 0x4A];

    private static ReadOnlySpan<byte> SaltQ050 =>
        [0x50, 0x45, 0x74, 0xEF, 0xD0, 0x66, 0xFE, 0x2F, 0x9D, 0x94, 0x5C, 0xFC, 0xDB, 0xD3, 0xA7, 0xF0, 0xD3, 0xB5, 0x6B, 0x45];

    private static ReadOnlySpan<byte> SaltT050 =>
        [0x7F, 0xF5, 0x79, 0xE5, 0xAC, 0xD0, 0x72, 0x91, 0x55, 0x80, 0x30, 0x4C, 0x43, 0xA2, 0x36, 0x7C, 0x60, 0x48, 0x83, 0x10];

    private static ReadOnlySpan<byte> SaltT051 =>
        [0x7A, 0x4E, 0xDE, 0xF4, 0xE7, 0xCC, 0xEE, 0x5F, 0xA4, 0x50, 0x6C, 0x19, 0x12, 0x4F, 0xC8, 0xCC, 0xDA, 0x6E, 0x03, 0x3D];

    /// <summary>How a version is read.</summary>
    public static QuicDialect DialectOf(uint version) => version switch
    {
        V1 or V2 or T050 or T051 => QuicDialect.Ietf,
        Q050 => QuicDialect.GoogleEncrypted,
        _ when IsDraft(version) || IsMvfst(version) => QuicDialect.Ietf,
        _ when IsGoogle(version) => GoogleNumber(version) switch
        {
            < 24 => QuicDialect.None,
            < 44 => QuicDialect.GoogleOld,
            < 50 => QuicDialect.GoogleClear,
            _ => QuicDialect.None,
        },
        _ => QuicDialect.None,
    };

    /// <summary>True for the numbers 0x?a?a?a?a, which a client sends to be told what the server can (RFC 9000, section 15).</summary>
    public static bool IsReserved(uint version) => (version & 0x0F0F_0F0F) == 0x0A0A_0A0A;

    /// <summary>Google's versions are text: a letter and three digits.</summary>
    public static bool IsGoogle(uint version) =>
        version >> 24 is 'Q' or 'T' && IsDigit(version >> 16) && IsDigit(version >> 8) && IsDigit(version);

    /// <summary>The number in a version of Google's.</summary>
    public static int GoogleNumber(uint version) =>
        (int)((100 * ((version >> 16) & 15)) + (10 * ((version >> 8) & 15)) + (version & 15));

    /// <summary>The salt of a version whose Initial packets are encrypted.</summary>
    public static ReadOnlySpan<byte> SaltOf(uint version) => version switch
    {
        V2 => SaltV2,
        Q050 => SaltQ050,
        T050 => SaltT050,
        T051 => SaltT051,
        Mvfst22 => SaltDraft22,
        _ when IsMvfst(version) => SaltDraft23,
        _ when IsDraft(version) => (version & 0xFF) switch
        {
            <= 22 => SaltDraft22,
            <= 28 => SaltDraft23,
            <= 32 => SaltDraft29,
            _ => SaltV1,
        },
        _ => SaltV1,
    };

    /// <summary>Before draft 22 both connection ids' lengths shared one byte.</summary>
    private static bool IsDraft(uint version) => (version & 0xFFFF_FF00) == Draft && (version & 0xFF) is >= 22 and <= 34;

    private static bool IsMvfst(uint version) => (version & 0xFFFF_FFF0) == Mvfst;

    private static bool IsDigit(uint character) => (character & 0xFF) is >= '0' and <= '9';
}
