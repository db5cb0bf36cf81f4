using System.Buffers;
using System.Globalization;
using MediaSecurityLite.Patterns.Names;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Reads one entry, whichever form it has:
/// <code>
/// name   address   address/length   address:port   [address]:port   [http[s]://]host[:port]/path[?query]
/// </code>
/// </summary>
internal static class IndicatorParser
{
    private const ushort HttpPort = 80;
    private const ushort HttpsPort = 443;

    private static readonly SearchValues<char> Expressions = SearchValues.Create("\\()|^$");

    /// <summary>Reads an entry without space around it and without a comment.</summary>
    /// <returns>Why it cannot be used; null where it can.</returns>
    public static DropReason? Parse(ReadOnlySpan<char> text, out Indicator indicator)
    {
        indicator = default;
        if (text.IsEmpty)
        {
            return DropReason.Malformed;
        }

        ushort schemePort = 0;
        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            text = text[7..];
            schemePort = HttpPort;
        }
        else if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            text = text[8..];
            schemePort = HttpsPort;
        }

        if (AddressPrefix.TryParse(text, out var prefix) && schemePort == 0)
        {
            indicator = Indicator.OfAddress(prefix);
            return null;
        }

        var path = text.IndexOfAny('/', '?');
        return path < 0
            ? ParseHost(text, schemePort, out indicator)
            : ParseUrl(text[..path], text[path..], schemePort, out indicator);
    }

    private static DropReason? ParseHost(ReadOnlySpan<char> text, ushort schemePort, out Indicator indicator)
    {
        indicator = default;
        if (!TrySplitPort(text, out var host, out var port))
        {
            return Fault(text);
        }

        if (AddressPrefix.TryParseAddress(host, out var address))
        {
            var single = AddressPrefix.Of(address, address.IsIPv4 ? 32 : 128);
            port = port != 0 ? port : schemePort;
            indicator = port != 0 ? Indicator.OfEndpoint(single, port) : Indicator.OfAddress(single);
            return null;
        }

        // Lists for proxies write ".example.com" for a domain with its subdomains, which is what a name means here anyway.
        if (!DomainName.TryNormalise(host.StartsWith(".") ? host[1..] : host, out var name))
        {
            return Fault(text);
        }

        if (port != 0)
        {
            return DropReason.NameWithPort;
        }

        // A URL without a path names the site on this host, not the hosts below it.
        indicator = schemePort != 0 ? Indicator.OfUrl(name, "") : Indicator.OfName(name);
        return null;
    }

    private static DropReason? ParseUrl(ReadOnlySpan<char> authority, ReadOnlySpan<char> target, ushort schemePort, out Indicator indicator)
    {
        indicator = default;
        if (authority.IsEmpty)
        {
            return DropReason.PathWithoutHost;
        }

        target = target.TrimEnd('/');
        if (target.IsEmpty && (schemePort != 0 || authority.Contains(':')))
        {
            return ParseHost(authority, schemePort, out indicator);
        }

        if (target.ContainsAnyInRange('\0', ' ') || target.Contains('\x7f'))
        {
            return DropReason.Malformed;
        }

        if (target.Contains('*'))
        {
            return DropReason.Wildcard;
        }

        if (!TrySplitPort(authority, out var host, out _))
        {
            return Fault(authority);
        }

        var name = AddressPrefix.TryParseAddress(host, out var address) ? address.ToString() : "";
        if (name.Length == 0 && !DomainName.TryNormalise(host, out name))
        {
            return Fault(authority);
        }

        if (!UrlTarget.TryNormalise(target.StartsWith("?") ? $"/{target}" : target, out var path))
        {
            return DropReason.TooLong;
        }

        indicator = Indicator.OfUrl(name, path);
        return null;
    }

    /// <summary>Takes <c>host:port</c> and <c>[address]:port</c> apart; without a port it is 0.</summary>
    private static bool TrySplitPort(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out ushort port)
    {
        host = text;
        port = 0;
        if (text.StartsWith("["))
        {
            var end = text.IndexOf(']');
            if (end < 0)
            {
                return false;
            }

            host = text[1..end];
            text = text[(end + 1)..];
            return text.IsEmpty || (text[0] == ':' && TryReadPort(text[1..], out port));
        }

        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            return true;
        }

        host = text[..colon];
        return TryReadPort(text[(colon + 1)..], out port);
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port != 0;

    private static DropReason Fault(ReadOnlySpan<char> text) =>
        text.ContainsAny(Expressions) ? DropReason.Expression
        : text.Contains('*') ? DropReason.Wildcard
        : text.Length > KeyShape.MaxName ? DropReason.TooLong
        : DropReason.Malformed;
}
