namespace MediaSecurityLite.Lab.Scenarios;

/// <summary>How a terminal gets in touch with a site.</summary>
internal enum VisitKind
{
    /// <summary>Asks for the site's IPv4 address (dig).</summary>
    Resolve,

    /// <summary>Fetches a page over plain HTTP (curl).</summary>
    Http,

    /// <summary>Fetches a page over HTTPS (curl).</summary>
    Https,

    /// <summary>Opens a TLS connection with the site's name and says nothing more (openssl s_client).</summary>
    Handshake,
}

/// <summary>One contact of a terminal with a site.</summary>
internal sealed record Visit(VisitKind Kind, Site Site, string Path = "/", bool OverIPv6 = false)
{
    /// <summary>The address that is contacted.</summary>
    public System.Net.IPAddress Address => OverIPv6 ? Site.Address6 : Site.Address4;

    public override string ToString() => Kind switch
    {
        VisitKind.Resolve => $"looks up {Site.Host}",
        VisitKind.Http => $"fetches http://{Site.Host}{Path}",
        VisitKind.Https => $"fetches https://{Site.Host}{Path}",
        _ => $"opens a TLS connection to {Site.Host}",
    };
}
