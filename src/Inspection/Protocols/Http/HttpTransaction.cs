using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Protocols.Http2;

namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>A request and its response. Recycled.</summary>
internal sealed class HttpTransaction
{
    /// <summary>Longer targets and values are cut; the request line itself may be longer.</summary>
    private const int MaxFieldLength = 8192;

    public KeptField Method { get; } = new(64);

    public KeptField Target { get; } = new(MaxFieldLength);

    public KeptField Protocol { get; } = new(64);

    public KeptField Host { get; } = new(MaxFieldLength);

    public KeptField UserAgent { get; } = new(MaxFieldLength);

    public KeptField Referrer { get; } = new(MaxFieldLength);

    public KeptField ForwardedFor { get; } = new(512);

    /// <summary>Of the response.</summary>
    public KeptField ContentType { get; } = new(512);

    /// <summary>Of the response.</summary>
    public KeptField ContentRange { get; } = new(128);

    /// <summary>Of the response.</summary>
    public KeptField Location { get; } = new(MaxFieldLength);

    /// <summary>Status code; 0 before the response, or where it has none.</summary>
    public int Status { get; set; }

    /// <summary>Bytes of the response's body seen, as sent.</summary>
    public long ResponseLength { get; set; }

    public bool HasRequest { get; set; }

    /// <summary>The response came, if not necessarily whole.</summary>
    public bool HasResponse { get; set; }

    public bool IsRequestComplete { get; set; }

    public bool IsResponseComplete { get; set; }

    /// <summary>What HTTP/2 adds; null for HTTP/1.</summary>
    public Http2Details? Http2 { get; init; }

    /// <summary>Counted within its flow.</summary>
    public int Number { get; set; }

    public bool IsConnect => System.Text.Ascii.EqualsIgnoreCase(Method.Value, "connect"u8);

    public bool IsHead => System.Text.Ascii.EqualsIgnoreCase(Method.Value, "head"u8);

    /// <summary>RFC 9110, 9.3: POST and PUT bring content that is a file or may hold some.</summary>
    public bool BringsContent => Method.Value.SequenceEqual("POST"u8) || Method.Value.SequenceEqual("PUT"u8);

    public HttpRequestHead Request => new(Method.Value, Target.Value, Host.Value);

    /// <summary>The host asked for and the port written behind it, -1 where none is (RFC 9110, 7.2; RFC 9112, 3.2).</summary>
    public void Authority(out ReadOnlySpan<byte> host, out int port)
    {
        HttpTargets.Split(Request, out var authority, out _);
        host = authority[(authority.LastIndexOf((byte)'@') + 1)..].Trim(" \t"u8);
        port = -1;
        var colon = host.LastIndexOf((byte)':');
        var isPort = colon >= 0
            && host[(colon + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && (host[0] == '[' ? host[colon - 1] == ']' : host.IndexOf((byte)':') == colon);
        if (isPort)
        {
            port = System.Buffers.Text.Utf8Parser.TryParse(host[(colon + 1)..], out ushort number, out _) ? number : -1;
            host = host[..colon];
        }
    }

    /// <returns>False if the header is none of those that are kept of a request.</returns>
    public bool TryReadRequest(in HttpHeaderLine header)
    {
        var field = header.Name.Length switch
        {
            7 when header.Is("referer"u8) => Referrer,
            10 when header.Is("user-agent"u8) => UserAgent,
            15 when header.Is("x-forwarded-for"u8) => ForwardedFor,
            _ => null,
        };
        Add(field, header.Value);
        return field is not null;
    }

    /// <returns>False if the header is none of those that are kept of a response.</returns>
    public bool TryReadResponse(in HttpHeaderLine header)
    {
        var field = header.Name.Length switch
        {
            8 when header.Is("location"u8) => Location,
            12 when header.Is("content-type"u8) => ContentType,
            13 when header.Is("content-range"u8) => ContentRange,
            _ => null,
        };
        field?.Set(header.Value);
        return field is not null;
    }

    /// <summary>RFC 9110, 5.3: lines with the same name make one value.</summary>
    public static void Add(KeptField? field, ReadOnlySpan<byte> value)
    {
        field?.Append(field.Length > 0 ? ", "u8 : default);
        field?.Append(value);
    }

    public void ResetResponse()
    {
        ContentType.Clear();
        ContentRange.Clear();
        Location.Clear();
        Status = 0;
        ResponseLength = 0;
    }

    public void Reset()
    {
        ResetResponse();
        Method.Clear();
        Target.Clear();
        Protocol.Clear();
        Host.Clear();
        UserAgent.Clear();
        Referrer.Clear();
        ForwardedFor.Clear();
        HasRequest = HasResponse = IsRequestComplete = IsResponseComplete = false;
        Number = 0;
    }
}
