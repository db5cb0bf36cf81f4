using System.Diagnostics.CodeAnalysis;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Gateway.Explaining;

/// <summary>What a person asks about, as a terminal would ask for it.</summary>
/// <param name="Host">For the <c>Host</c> header.</param>
/// <param name="Path">Path and query, starting with a slash.</param>
/// <param name="Address">Where the packets go: the address itself, or one for documentation where a name was given.</param>
/// <param name="Port">The port they go to.</param>
internal sealed record ProbeTarget(string Host, string Path, IpAddress Address, ushort Port)
{
    private const int MaxLength = 4096;

    /// <summary>192.0.2.1 (RFC 5737): no pack holds it for what it is.</summary>
    private static readonly IpAddress Documentation = IpAddress.FromV4(0xC0000201);

    /// <summary>Reads <c>[http[s]://]host[:port][/path]</c>; a bare IPv6 address may stand without brackets.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ProbeTarget? target)
    {
        target = null;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        if (IpAddress.TryParse(text, out var bare))
        {
            target = new ProbeTarget(bare.IsIPv4 ? text : $"[{text}]", "/", bare, 80);
            return true;
        }

        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.IdnHost.Length == 0)
        {
            return false;
        }

        var address = IpAddress.TryParse(uri.DnsSafeHost, out var literal) ? literal : Documentation;
        target = new ProbeTarget(uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.DnsSafeHost}]" : uri.IdnHost, uri.PathAndQuery, address, (ushort)uri.Port);
        return true;
    }
}
