namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>The extensions of a hello (RFC 8446, 4.2): <c>| type 2 | length 2 | body |</c>, each; read in the order they were sent.</summary>
internal readonly ref struct TlsExtensions(ReadOnlySpan<byte> bytes)
{
    public const ushort ServerName = 0;
    public const ushort SupportedGroups = 10;
    public const ushort PointFormats = 11;
    public const ushort SignatureAlgorithms = 13;
    public const ushort Alpn = 16;
    public const ushort SessionTicket = 35;
    public const ushort PreSharedKey = 41;
    public const ushort SupportedVersions = 43;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>True for the values that clients send to keep servers tolerant, and that fingerprints leave out (RFC 8701).</summary>
    public static bool IsGrease(ushort value) => (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);

    public Enumerator GetEnumerator() => new(_bytes);

    /// <summary>The body of the first extension of a type; empty where there is none.</summary>
    public ReadOnlySpan<byte> Find(ushort type)
    {
        foreach (var extension in this)
        {
            if (extension.Type == type)
            {
                return extension.Body;
            }
        }

        return default;
    }

    public bool Has(ushort type)
    {
        foreach (var extension in this)
        {
            if (extension.Type == type)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A list of 16-bit numbers with its length in two bytes before it: groups, signature algorithms.</summary>
    public ReadOnlySpan<byte> FindList16(ushort type) =>
        new TlsReader(Find(type)) is var reader && reader.TryReadVector16(out var list) ? list : default;

    /// <summary>A list with its length in one byte before it: point formats, a client's versions.</summary>
    public ReadOnlySpan<byte> FindList8(ushort type) =>
        new TlsReader(Find(type)) is var reader && reader.TryReadVector8(out var list) ? list : default;

    public readonly ref struct Extension(ushort type, ReadOnlySpan<byte> body)
    {
        public ushort Type { get; } = type;

        public ReadOnlySpan<byte> Body { get; } = body;
    }

    public ref struct Enumerator(ReadOnlySpan<byte> bytes)
    {
        private TlsReader _reader = new(bytes);

        public Extension Current { get; private set; }

        public bool MoveNext()
        {
            if (!_reader.TryReadUInt16(out var type) || !_reader.TryReadVector16(out var body))
            {
                return false;
            }

            Current = new Extension(type, body);
            return true;
        }
    }
}
