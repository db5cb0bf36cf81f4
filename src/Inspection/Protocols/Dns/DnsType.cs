namespace MediaSecurityLite.Inspection.Protocols.Dns;

/// <summary>Resource record types and response codes by name (IANA dns-parameters).</summary>
internal static class DnsType
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Cname = 5;
    public const ushort Soa = 6;
    public const ushort Null = 10;
    public const ushort Ptr = 12;
    public const ushort Hinfo = 13;
    public const ushort Mx = 15;
    public const ushort Txt = 16;
    public const ushort Aaaa = 28;
    public const ushort Loc = 29;
    public const ushort Srv = 33;
    public const ushort Naptr = 35;
    public const ushort Dname = 39;
    public const ushort Opt = 41;
    public const ushort Ds = 43;
    public const ushort Sshfp = 44;
    public const ushort DnsKey = 48;
    public const ushort Tlsa = 52;
    public const ushort Cds = 59;
    public const ushort CdnsKey = 60;
    public const ushort Svcb = 64;
    public const ushort Https = 65;
    public const ushort Caa = 257;

    /// <summary>Empty for a type without a name.</summary>
    public static ReadOnlySpan<byte> Name(ushort type) => type switch
    {
        A => "A"u8,
        Ns => "NS"u8,
        3 => "MD"u8,
        4 => "MF"u8,
        Cname => "CNAME"u8,
        Soa => "SOA"u8,
        7 => "MB"u8,
        8 => "MG"u8,
        9 => "MR"u8,
        Null => "NULL"u8,
        11 => "WKS"u8,
        Ptr => "PTR"u8,
        Hinfo => "HINFO"u8,
        14 => "MINFO"u8,
        Mx => "MX"u8,
        Txt => "TXT"u8,
        17 => "RP"u8,
        18 => "AFSDB"u8,
        19 => "X25"u8,
        20 => "ISDN"u8,
        21 => "RT"u8,
        22 => "NSAP"u8,
        24 => "SIG"u8,
        25 => "KEY"u8,
        26 => "PX"u8,
        27 => "GPOS"u8,
        Aaaa => "AAAA"u8,
        Loc => "LOC"u8,
        30 => "NXT"u8,
        Srv => "SRV"u8,
        34 => "ATMA"u8,
        Naptr => "NAPTR"u8,
        36 => "KX"u8,
        37 => "CERT"u8,
        38 => "A6"u8,
        Dname => "DNAME"u8,
        Opt => "OPT"u8,
        42 => "APL"u8,
        Ds => "DS"u8,
        Sshfp => "SSHFP"u8,
        45 => "IPSECKEY"u8,
        46 => "RRSIG"u8,
        47 => "NSEC"u8,
        DnsKey => "DNSKEY"u8,
        49 => "DHCID"u8,
        50 => "NSEC3"u8,
        51 => "NSEC3PARAM"u8,
        Tlsa => "TLSA"u8,
        53 => "SMIMEA"u8,
        55 => "HIP"u8,
        Cds => "CDS"u8,
        CdnsKey => "CDNSKEY"u8,
        61 => "OPENPGPKEY"u8,
        62 => "CSYNC"u8,
        63 => "ZONEMD"u8,
        Svcb => "SVCB"u8,
        Https => "HTTPS"u8,
        99 => "SPF"u8,
        249 => "TKEY"u8,
        250 => "TSIG"u8,
        251 => "IXFR"u8,
        252 => "AXFR"u8,
        253 => "MAILB"u8,
        254 => "MAILA"u8,
        255 => "ANY"u8,
        256 => "URI"u8,
        Caa => "CAA"u8,
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
