namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>A request and its response. Recycled.</summary>
internal sealed class HttpTransaction
{
    /// <summary>Longer targets and values are cut; the request line itself may be longer.</summary>
    public const int MaxFieldLength = 8192;

    public KeptField Method { get; } = new(64);

    public KeptField Target { get; } = new(MaxFieldLength);

    public KeptField Protocol { get; } = new(16);

    public KeptField Host { get; } = new(512);

    public KeptField UserAgent { get; } = new(MaxFieldLength);

    public KeptField Referrer { get; } = new(MaxFieldLength);

    public KeptField ContentType { get; } = new(256);

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
