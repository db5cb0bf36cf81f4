using System.Globalization;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>An entry of a feed in normal form.</summary>
/// <param name="Kind">Which of the others count.</param>
/// <param name="Text">The name, the host of the URL, or the digest with its kind in front.</param>
/// <param name="Path">The URL's path and query without a slash at its end; empty for all of the host.</param>
/// <param name="Prefix">The address or prefix.</param>
/// <param name="Port">The port of an endpoint.</param>
internal readonly record struct Indicator(IndicatorKind Kind, string Text, string Path, AddressPrefix Prefix, ushort Port)
{
    public static Indicator OfName(string name) => new(IndicatorKind.Name, name, "", default, 0);

    public static Indicator OfUrl(string host, string path) => new(IndicatorKind.Url, host, path, default, 0);

    public static Indicator OfAddress(AddressPrefix prefix) => new(IndicatorKind.Address, "", "", prefix, 0);

    public static Indicator OfEndpoint(AddressPrefix address, ushort port) => new(IndicatorKind.Endpoint, "", "", address, port);

    public override string ToString() => Kind switch
    {
        IndicatorKind.Name or IndicatorKind.Fingerprint or IndicatorKind.File => Text,
        IndicatorKind.Url => Text + (Path.Length > 0 ? Path : "/"),
        IndicatorKind.Endpoint => string.Create(CultureInfo.InvariantCulture, $"{Prefix.First}:{Port}"),
        _ => Prefix.IsSingle ? Prefix.First.ToString() : Prefix.ToString(),
    };
}
