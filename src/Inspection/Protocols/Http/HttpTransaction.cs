namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>A field of a message that is kept beyond the packet it came in; longer values are cut at the bound.</summary>
internal sealed class HttpField(int maxLength)
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Value => _bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> value)
    {
        Length = Math.Min(value.Length, maxLength);
        if (Length > _bytes.Length)
        {
            _bytes = new byte[Math.Min(maxLength, Math.Max(64, Length * 2))];
        }

        value[..Length].CopyTo(_bytes);
    }

    public void Clear() => Length = 0;
}

/// <summary>A request and its response. Recycled.</summary>
internal sealed class HttpTransaction
{
    /// <summary>Longer targets and values are cut; the request line itself may be longer.</summary>
    public const int MaxFieldLength = 8192;

    public HttpField Method { get; } = new(64);

    public HttpField Target { get; } = new(MaxFieldLength);

    public HttpField Protocol { get; } = new(16);

    public HttpField Host { get; } = new(512);

    public HttpField UserAgent { get; } = new(MaxFieldLength);

    public HttpField Referrer { get; } = new(MaxFieldLength);

    public HttpField ContentType { get; } = new(256);

    /// <summary>Status code; 0 before the response.</summary>
    public int Status { get; set; }

    /// <summary>Bytes of the response's body seen.</summary>
    public long ResponseLength { get; set; }

    public bool HasRequest { get; set; }

    public bool IsRequestComplete { get; set; }

    public int Number { get; set; }

    public void Reset()
    {
        Method.Clear();
        Target.Clear();
        Protocol.Clear();
        Host.Clear();
        UserAgent.Clear();
        Referrer.Clear();
        ContentType.Clear();
        Status = 0;
        ResponseLength = 0;
        HasRequest = IsRequestComplete = false;
        Number = 0;
    }
}
