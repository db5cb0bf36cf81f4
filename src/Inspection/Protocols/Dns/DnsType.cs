namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>Resource record types and response codes by name (IANA dns-parameters).</summary>
internal static class DnsType
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Cname = 5;
    public const ushort Ptr = 12;
    public const ushort Txt = 16;
    public const ushort Aaaa = 28;

    /// <summary>Empty for a type without a name.</summary>
    public static ReadOnlySpan<byte> Name(ushort type) => type switch
    {
        A => "A"u8,
        Ns => "NS"u8,
        Cname => "CNAME"u8,
        6 => "SOA"u8,
        10 => "NULL"u8,
        Ptr => "PTR"u8,
        13 => "HINFO"u8,
        15 => "MX"u8,
        Txt => "TXT"u8,
        Aaaa => "AAAA"u8,
        33 => "SRV"u8,
        35 => "NAPTR"u8,
        41 => "OPT"u8,
        43 => "DS"u8,
        46 => "RRSIG"u8,
        47 => "NSEC"u8,
        48 => "DNSKEY"u8,
        64 => "SVCB"u8,
        65 => "HTTPS"u8,
        252 => "AXFR"u8,
        255 => "ANY"u8,
        _ => default,
    };

    /// <summary>Empty for a code without a name.</summary>
    public static ReadOnlySpan<byte> ResponseCodeName(int code) => code switch
    {
        0 => "NOERROR"u8,
        1 => "FORMERR"u8,
        2 => "SERVFAIL"u8,
        3 => "NXDOMAIN"u8,
        4 => "NOTIMP"u8,
        5 => "REFUSED"u8,
        6 => "YXDOMAIN"u8,
        7 => "YXRRSET"u8,
        8 => "NXRRSET"u8,
        9 => "NOTAUTH"u8,
        10 => "NOTZONE"u8,
        _ => default,
    };
}
