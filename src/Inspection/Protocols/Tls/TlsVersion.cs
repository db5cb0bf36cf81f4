namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>Versions as they stand on the wire.</summary>
internal static class TlsVersion
{
    public const ushort Ssl2 = 0x0002;
    public const ushort Ssl3 = 0x0300;
    public const ushort Tls10 = 0x0301;
    public const ushort Tls11 = 0x0302;
    public const ushort Tls12 = 0x0303;
    public const ushort Tls13 = 0x0304;

    /// <summary>From this draft on, a ServerHello has the layout of TLS 1.2 and names the version in an extension.</summary>
    private const int FirstDraftWithExtension = 22;

    private const ushort FirstDraft = 0x7F10;
    private const ushort LastDraft = 0x7F1C;

    /// <summary>A version of the IETF's, or a numbered draft of TLS 1.3 (16 to 28).</summary>
    public static bool IsStandard(ushort version) => version is <= Tls13 or (>= FirstDraft and <= LastDraft);

    /// <summary>TLS 1.3 or one of its drafts (0x7Fnn; Facebook's own: 0xFBnn).</summary>
    public static bool IsTls13(ushort version) => version == Tls13 || version >> 8 is 0x7F or 0xFB;

    /// <summary>Drafts whose ServerHello has neither session id nor compression method.</summary>
    public static bool HasShortServerHello(ushort version) => version >> 8 == 0x7F && (version & 0xFF) < FirstDraftWithExtension;
}
